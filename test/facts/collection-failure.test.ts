import { expect, test } from 'vitest'
import { deriveFacts, parsers } from '../../src/facts/index.ts'

const codesOf = (command: string, text: string, stream: 'stdout' | 'stderr'): readonly string[] =>
  deriveFacts(parsers, { command, stdout: '', stderr: '', exitCode: 1, [stream]: text }).diagnostics.map(
    ({ code }) => code,
  )

const answers: readonly (readonly [string, string, string])[] = [
  [
    'kubectl get nodes',
    'The connection to the server 10.0.0.1:6443 was refused - did you specify the right host or port?',
    'E_FACTS_NO_ANSWER',
  ],
  [
    'kubectl get pods -A',
    'Unable to connect to the server: dial tcp: lookup api on 10.0.0.2:53: no such host',
    'E_FACTS_NO_ANSWER',
  ],
  [
    'kubectl get pods',
    'Unable to connect to the server: tls: failed to verify certificate: x509: certificate has expired',
    'E_FACTS_NO_ANSWER',
  ],
  [
    'crictl ps',
    'FATA[0002] connect: connect endpoint, make sure you are running as root: context deadline exceeded',
    'E_FACTS_NO_ANSWER',
  ],
  [
    'etcdctl member list',
    '{"level":"warn","msg":"retrying of unary invoker failed","error":"rpc error: code = DeadlineExceeded desc = context deadline exceeded"}\nError: context deadline exceeded',
    'E_FACTS_NO_ANSWER',
  ],
  [
    'kubectl get nodes',
    'Error from server (Forbidden): nodes is forbidden: User "dev" cannot list resource "nodes" in API group "" at the cluster scope',
    'E_FACTS_NOT_ALLOWED',
  ],
  ['kubectl get nodes', 'error: You must be logged in to the server (Unauthorized)', 'E_FACTS_NOT_ALLOWED'],
  ['kubectl top nodes', 'Error from server (Unauthorized): Unauthorized', 'E_FACTS_NOT_ALLOWED'],
]

const onBothStreams = answers.flatMap(([command, text, code]) =>
  (['stdout', 'stderr'] as const).map(stream => ({ command, text, code, stream })),
)

test.each(onBothStreams)(
  '$command that says "$text" on $stream gives $code',
  ({ command, text, code, stream }) => {
    expect(codesOf(command, text, stream)).toEqual([code])
  },
)
