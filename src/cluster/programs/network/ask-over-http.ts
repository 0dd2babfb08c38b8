import { askApi } from '../../relations/ask-api.ts'
import type { Certificate } from '../../relations/certificate.ts'
import { decodeKey } from '../../relations/certificate.ts'
import type { HttpAnswer } from '../../services/service.ts'
import { statusAnswer, unauthorized } from '../../services/status-answer.ts'
import type { Call } from '../../shell/program.ts'
import { readArguments } from '../kubectl/arguments.ts'
import { getRaw } from '../kubectl/get-raw.ts'

/** As whom somebody comes to the API server without kubectl. */
export type Credentials = {
  readonly client: Certificate | undefined
  readonly keyText: string | undefined
  readonly token: string | undefined
}

const codes: Readonly<Record<string, number>> = { Forbidden: 403, NotFound: 404, InternalError: 500 }

/** What the API server answers to these credentials: to a GET what `kubectl get --raw` shows to whom they belong to; changes are kubectl's to make. */
export const askOverHttp = (
  call: Call,
  { server, path, method }: { readonly server: string; readonly path: string; readonly method: string },
  { client, keyText, token }: Credentials,
): HttpAnswer => {
  const config = {
    server,
    authorities: [],
    skipsVerify: true,
    client,
    clientKeyId: decodeKey(keyText),
    token,
    namespace: 'default',
    context: '',
  }
  const answer = askApi(call.world, { from: call.machine, config })
  if (answer.kind === 'unauthorized') return unauthorized
  if (answer.kind !== 'answers') return statusAnswer(504, 'Timeout', 'context deadline exceeded')
  if (method !== 'GET' && method !== 'HEAD')
    return statusAnswer(405, 'MethodNotAllowed', 'a simulated API server takes changes from kubectl only')
  const args = readArguments([])
  if (!('flags' in args)) return statusAnswer(500, 'InternalError', 'no arguments')
  const { stdout, stderr = '' } = getRaw({ call, args, config, namespace: 'default', answer }, path)
  if (stdout !== undefined)
    return {
      status: 200,
      contentType: /^\s*\{/.test(stdout) ? 'application/json' : 'text/plain; charset=utf-8',
      body: /^\s*\{/.test(stdout) ? JSON.stringify(JSON.parse(stdout), undefined, 2) : stdout,
    }
  const [, reason = 'NotFound', message = stderr] =
    /^Error from server \((\w+)\): (.*)\n$/s.exec(stderr) ?? []
  return statusAnswer(codes[reason] ?? 500, reason, message)
}
