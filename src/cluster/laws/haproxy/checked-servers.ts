import { sectionsOf } from '../../relations/haproxy/proxy-state.ts'
import type { BackendServer, ProxySection } from '../../relations/haproxy/read-settings.ts'
import type { ProxyState } from '../../world/platforms.ts'

/** A server that is checked, and how long after the start it is asked first. */
export type Checked = { readonly section: ProxySection; readonly server: BackendServer; readonly at: number }

/** The times at which a server is asked since it was last looked: how many there are, and when each is. */
export const ticksOf = (state: ProxyState, nowMs: number, { server, at }: Checked) => {
  const firstMs = state.readMs + at
  const countTo = (ms: number): number =>
    ms < firstMs ? 0 : Math.floor((ms - firstMs) / server.intervalMs) + 1
  const before = countTo(state.checkedMs)
  return {
    count: countTo(nowMs) - before,
    timeOf: (number: number): number => firstMs + (before + number) * server.intervalMs,
  }
}

/** The servers that are checked: their first checks are spread over the shortest interval. */
export const checkedServers = (state: ProxyState): readonly Checked[] => {
  const all = sectionsOf(state).flatMap(section =>
    section.servers.filter(({ isChecked }) => isChecked).map(server => ({ section, server })),
  )
  const spanMs = Math.min(...all.map(({ server }) => server.intervalMs))
  return all.map((one, place) => ({ ...one, at: Math.floor((spanMs * place) / all.length) }))
}
