import { connect } from '../../relations/connect.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import type { Call } from '../../shell/program.ts'
import { type ConnectFailure, connectFailures } from '../network/connect-failures.ts'

/** Why a server of packages cannot be asked: its name, or the connection in libc's words, and how long it took to tell. */
export type MirrorProblem =
  | { readonly kind: 'name'; readonly isLasting: boolean; readonly tookMs: number }
  | ({ readonly kind: 'connection'; readonly address: string } & ConnectFailure)

const PORT = 80
const PATIENCE_MS = 30_000

/** Asks for a server of packages as the machine reaches it; `undefined` where it answers. */
export const mirrorProblem = ({ world, machine }: Call, host: string): MirrorProblem | undefined => {
  const resolved = resolveName(world, machine, host)
  if (resolved.kind !== 'found')
    return { kind: 'name', isLasting: resolved.kind === 'no-name', tookMs: resolved.tookMs }
  const { address } = resolved
  const connection = connect(world, { from: machine, address, port: PORT, protocol: 'tcp' })
  if (connection.kind === 'open') return undefined
  const failure = connectFailures[connection.kind]
  return { kind: 'connection', address, ...failure, tookMs: Math.min(failure.tookMs, PATIENCE_MS) }
}
