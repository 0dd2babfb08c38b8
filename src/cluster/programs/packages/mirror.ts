import { connect } from '../../relations/connect.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import type { Call } from '../../shell/program.ts'

/** Why a server of packages cannot be asked: its name, or the connection in libc's words, and how long it took to tell. */
export type MirrorProblem =
  | { readonly kind: 'name'; readonly isLasting: boolean; readonly tookMs: number }
  | {
      readonly kind: 'connection'
      readonly address: string
      readonly code: number
      readonly text: string
      readonly tookMs: number
    }

const PORT = 80
const PATIENCE_MS = 30_000

const errors = {
  refused: [111, 'Connection refused'],
  timeout: [110, 'Connection timed out'],
  'no-route': [113, 'No route to host'],
  'unreachable-network': [101, 'Network is unreachable'],
  'black-hole': [22, 'Invalid argument'],
} as const

/** Asks for a server of packages as the machine reaches it; `undefined` where it answers. */
export const mirrorProblem = ({ world, machine }: Call, host: string): MirrorProblem | undefined => {
  const resolved = resolveName(world, machine, host)
  if (resolved.kind !== 'found')
    return { kind: 'name', isLasting: resolved.kind === 'no-name', tookMs: resolved.tookMs }
  const { address } = resolved
  const connection = connect(world, { from: machine, address, port: PORT, protocol: 'tcp' })
  if (connection.kind === 'open') return undefined
  const [code, text] = errors[connection.kind]
  return {
    kind: 'connection',
    address,
    code,
    text,
    tookMs: connection.kind === 'timeout' ? PATIENCE_MS : 200,
  }
}
