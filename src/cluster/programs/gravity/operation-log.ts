import { appendText } from '../../files/file-tree.ts'
import { shownMs } from '../../relations/clock.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { operationLogLine } from '../../worlds/gravity/host-files.ts'

/** Writes a line about an operation to both of a host's logs. */
export const logOperation = (world: World, host: Machine, text: string): void => {
  const atMs = shownMs(host, world.nowMs)
  const level = text.includes('[ERROR]') ? 'ERRO' : 'INFO'
  const lines = {
    '/var/log/gravity-install.log': operationLogLine(atMs, text),
    '/var/log/gravity-system.log': `${new Date(atMs).toISOString()} ${level} [FSM] ${text.replace(/^\[\w+\] /, '')} fsm/fsm.go:391`,
  }
  for (const [path, line] of Object.entries(lines))
    appendText(host.files, path, { text: `${line}\n`, mtimeMs: world.nowMs })
}
