import { lookUpRoute, sourceFor } from '../../network/find-route.ts'
import { addressesOf } from '../../relations/find-machine.ts'
import type { Reply } from '../../shell/program.ts'
import type { Machine } from '../../world/machine.ts'

const refusedTexts = {
  blackhole: 'Invalid argument',
  unreachable: 'No route to host',
  prohibit: 'Permission denied',
} as const

/** `ip route get ADDRESS [from ADDRESS] [iif DEV]`: which way the kernel would take. */
export const getRoute = (machine: Machine, words: readonly string[]): Reply => {
  const after = (key: string): string | undefined =>
    words.includes(key) ? words[words.indexOf(key) + 1] : undefined
  const from = after('from')
  const inInterface = after('iif')
  const to =
    words.find((word, at) => /^\d/.test(word) && !/^(from|mark|uid)$/.test(words[at - 1] ?? '')) ?? ''
  if (addressesOf(machine).includes(to) || to.startsWith('127.'))
    return {
      stdout: `local ${to} ${from === undefined ? '' : `from ${from} `}dev lo ${from === undefined ? `src ${to} ` : ''}uid 0 \n    cache <local> \n`,
    }
  if (from !== undefined && inInterface === undefined && !addressesOf(machine).includes(from))
    return { stderr: 'RTNETLINK answers: Network is unreachable\n', exit: 2 }
  const found = lookUpRoute(machine, to, { source: from, inInterface })
  if (found === undefined) return { stderr: 'RTNETLINK answers: Network is unreachable\n', exit: 2 }
  const { route, table } = found
  if (route.refusal !== undefined)
    return { stderr: `RTNETLINK answers: ${refusedTexts[route.refusal]}\n`, exit: 2 }
  const way = [
    to,
    ...(from === undefined ? [] : ['from', from]),
    ...(route.via === undefined ? [] : ['via', route.via]),
    'dev',
    route.device,
    ...(/^(main|254)$/.test(table) ? [] : ['table', table]),
    ...(from === undefined ? ['src', route.source ?? sourceFor(machine, to)] : []),
    ...(inInterface === undefined ? ['uid', '0'] : []),
  ]
  return {
    stdout: `${way.join(' ')} \n    cache ${inInterface === undefined ? '' : `iif ${inInterface} `}\n`,
  }
}
