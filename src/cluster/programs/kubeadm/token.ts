import { chanceSuffix } from '../../chance.ts'
import { readText } from '../../files/file-tree.ts'
import { getObject, listObjects, putObject, removeObject } from '../../kube/store.ts'
import { humanDuration, isoOf, msOf } from '../../kube/times.ts'
import { askApi } from '../../relations/ask-api.ts'
import { decodeCertificates } from '../../relations/certificate.ts'
import { machineNowMs } from '../../relations/clock.ts'
import { isProblem, readKubeconfig } from '../../relations/kubeconfig.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { readGoDuration } from '../../text/spans.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import { bytesFor, hexOf } from '../openssl/key-material.ts'
import { flagOf } from './config.ts'

const TRACE = 'To see the stack trace of this error execute with --v=5 or higher\n'
const USUAL_TTL_MS = 86_400_000
const PATIENCE_MS = 60_000
const GROUP = 'system:bootstrappers:kubeadm:default-node-token'

const failure = (text: string, tookMs = 20): Reply => ({ stderr: `${text}\n${TRACE}`, exit: 1, tookMs })

const configOf = (call: Call) =>
  readKubeconfig(call.machine, flagOf(call, 'kubeconfig') ?? '/etc/kubernetes/admin.conf')

/** What comes instead of tokens while the API server is not to be had. */
const apiProblem = (call: Call): Reply | undefined => {
  const config = configOf(call)
  if (isProblem(config))
    return failure(
      `failed to load admin kubeconfig: open ${flagOf(call, 'kubeconfig') ?? '/etc/kubernetes/admin.conf'}: no such file or directory`,
    )
  const answer = askApi(call.world, { from: call.machine, config, environment: call.env })
  return answer.kind === 'answers' ? undefined : failure('timed out waiting for the condition', PATIENCE_MS)
}

/** The digest of the public key of the cluster's authority, by which a new node knows the cluster. */
const authorityHash = (call: Call): string => {
  const authority = decodeCertificates(readText(call.machine.files, '/etc/kubernetes/pki/ca.crt'))[0]
  return hexOf(bytesFor(`spki-${authority?.keyId ?? ''}`, 32))
}

const newToken = ({ world }: Call): string => `${chanceSuffix(world, 6)}.${chanceSuffix(world, 16)}`

const create = (call: Call, given: string | undefined): Reply => {
  const token = given ?? newToken(call)
  const [, id = '', secret = ''] = /^([a-z0-9]{6})\.([a-z0-9]{16})$/.exec(token) ?? []
  if (id === '')
    return failure(
      `the bootstrap token "${token}" was not of the form "\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z"`,
    )
  const unasked = apiProblem(call)
  if (unasked !== undefined) return unasked
  const read = readGoDuration(flagOf(call, 'ttl') ?? '24h0m0s')
  const ttlMs = 'ms' in read ? read.ms : USUAL_TTL_MS
  const expiration = isoOf(machineNowMs(call.world, call.machine) + ttlMs)
  const description = flagOf(call, 'description')
  const data = {
    'auth-extra-groups': flagOf(call, 'groups') ?? GROUP,
    ...(description === undefined ? {} : { description }),
    ...(ttlMs === 0 ? {} : { expiration }),
    'token-id': id,
    'token-secret': secret,
    'usage-bootstrap-authentication': 'true',
    'usage-bootstrap-signing': 'true',
  }
  putObject(call.world, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace: 'kube-system', name: `bootstrap-token-${id}` },
    type: 'bootstrap.kubernetes.io/token',
    data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, btoa(text)])),
  })
  if (!call.args.includes('--print-join-command')) return { stdout: `${token}\n`, tookMs: 100 }
  const config = configOf(call)
  const server = isProblem(config) ? '' : config.server.replace(/^https:\/\//, '')
  return {
    stdout: `kubeadm join ${server} --token ${token} --discovery-token-ca-cert-hash sha256:${authorityHash(call)} \n`,
    tookMs: 100,
  }
}

const heads = ['TOKEN', 'TTL', 'EXPIRES', 'USAGES', 'DESCRIPTION', 'EXTRA GROUPS'] as const
const widths = [26, 12, 23, 25, 59, 0] as const

const row = (cells: readonly string[]): string =>
  `${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('')}\n`

const fieldsOf = ({ data = {} }: KubeObject) => {
  const read = (key: string): string => (data[key] === undefined ? '' : atob(data[key]))
  const usages = ['authentication', 'signing'].filter(use => read(`usage-bootstrap-${use}`) === 'true')
  return { read, usages }
}

const list = (call: Call): Reply => {
  const unasked = apiProblem(call)
  if (unasked !== undefined) return unasked
  const nowMs = machineNowMs(call.world, call.machine)
  const rows = listObjects(call.world.kube, 'Secret', 'kube-system')
    .filter(({ type }) => type === 'bootstrap.kubernetes.io/token')
    .map(secret => {
      const { read, usages } = fieldsOf(secret)
      const end = read('expiration')
      const leftMs = msOf(end) - nowMs
      const ttl = end === '' ? '<forever>' : leftMs < 0 ? '<invalid>' : humanDuration(leftMs)
      return row([
        `${read('token-id')}.${read('token-secret')}`,
        ttl,
        end === '' ? '<never>' : end,
        usages.join(',') || '<none>',
        read('description') || '<none>',
        read('auth-extra-groups') || '<none>',
      ])
    })
  return { stdout: rows.length === 0 ? '' : `${row(heads)}${rows.join('')}`, tookMs: 60 }
}

const remove = (call: Call, given: string | undefined): Reply => {
  if (given === undefined)
    return failure(
      'missing argument; \'token delete\' is missing token of form ["^([a-z0-9]{6})\\\\.([a-z0-9]{16})$" or "^([a-z0-9]{6})$"]',
    )
  const unasked = apiProblem(call)
  if (unasked !== undefined) return unasked
  const [id = ''] = given.split('.')
  const name = `bootstrap-token-${id}`
  const found = getObject(call.world.kube, { kind: 'Secret', namespace: 'kube-system', name })
  if (found === undefined)
    return failure(`failed to delete bootstrap token "${id}": secrets "${name}" not found`)
  removeObject(call.world, found)
  return { stdout: `bootstrap token "${id}" deleted\n`, tookMs: 60 }
}

/** `kubeadm token`: the tokens with which new nodes come, which lie in the cluster as secrets. */
export const token = (call: Call, [action, given]: readonly string[]): Reply => {
  switch (action) {
    case 'create':
      return create(call, given)
    case 'list':
      return list(call)
    case 'delete':
      return remove(call, given)
    case 'generate':
      return { stdout: `${newToken(call)}\n` }
    default:
      return failure('invalid subcommand')
  }
}
