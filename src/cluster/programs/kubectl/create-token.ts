import { getObject } from '../../kube/store.ts'
import { encodeToken, signingKeyAt } from '../../relations/account-token.ts'
import type { Reply } from '../../shell/program.ts'
import { durationOf } from './arguments.ts'
import type { Client } from './client.ts'
import { refusedWish } from './forbidden.ts'
import { etcdProblem } from './refused-write.ts'

const SHORTEST_MS = 600_000
const USUAL_MS = 3_600_000

const failed = (why: string): Reply => ({ stderr: `error: failed to create token: ${why}\n`, exit: 1 })

/** `kubectl create token ACCOUNT`: a token that the API server takes for an hour, or for as long as was asked. */
export const createToken = (client: Client, name: string | undefined): Reply => {
  const { call, namespace, args } = client
  if (name === undefined)
    return {
      stderr:
        "error: exactly one NAME is required, got 0\nSee 'kubectl create token -h' for help and examples\n",
      exit: 1,
    }
  const wish = { verb: 'create', group: '', resource: 'serviceaccounts/token', namespace, name }
  const refused = refusedWish(client, wish)
  if (refused !== undefined) return failed(refused)
  if (getObject(call.world.kube, { kind: 'ServiceAccount', namespace, name }) === undefined)
    return failed(`serviceaccounts "${name}" not found`)
  const lastsMs = durationOf(args, 'duration') ?? USUAL_MS
  if (lastsMs < SHORTEST_MS)
    return failed(
      `TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: ${lastsMs / 1000}: may not specify a duration less than 10 minutes`,
    )
  const problem = etcdProblem(client)
  if (problem !== undefined) return problem
  const issuedMs = call.world.nowMs + client.answer.server.machine.clockOffsetMs
  const keyId = signingKeyAt(call.world, call.world.nowMs)
  const token = encodeToken({ namespace, name, issuedMs, expiresMs: issuedMs + lastsMs, keyId })
  return { stdout: `${token}\n` }
}
