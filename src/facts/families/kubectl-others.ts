import { hasLong } from '../command/options.ts'
import { combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { curl } from './curl.ts'
import { parseYaml, textAt } from './json-value.ts'
import { kubeRefusal } from './kube-refusal.ts'
import { type KubectlCommand, kubectlCommand } from './kubectl-command.ts'
import { readMetrics } from './metrics.ts'

// `Client Version: v1.32.0`; before 1.28 `Client Version: version.Info{… GitVersion:"v1.18.1" …}`.
const versionIn = (text: string, side: 'Client' | 'Server'): string | undefined =>
  new RegExp(`^${side} Version: (?:.*?GitVersion:")?(v[\\w.+-]+)`, 'm').exec(text)?.[1]

const version = ({ stdout }: ParserInput): Parsed => {
  const document = /\b(?:client|server)Version\b/.test(stdout) ? parseYaml(stdout)[0] : undefined
  const value = record({
    client: versionIn(stdout, 'Client') ?? textAt(document, 'clientVersion', 'gitVersion'),
    server: versionIn(stdout, 'Server') ?? textAt(document, 'serverVersion', 'gitVersion'),
  })
  return Object.keys(value).length === 0 ? nothing : singleFact('kubernetesVersion', { line: 1, value })
}

// `Kubernetes control plane is running at https://10.0.0.1:6443`
const clusterInfo = ({ stdout }: ParserInput): Parsed => {
  const rows: readonly Located<FactValue>[] = linesOf(stdout).flatMap(({ number, text }) => {
    const [, name, url] = /^(\S.*?) is running at (https?:\/\/\S+)/.exec(text.trim()) ?? []
    return name === undefined || url === undefined ? [] : [{ line: number, value: { name, url } }]
  })
  return rows.length === 0 ? nothing : listFact('clusterServices', rows)
}

const permission = ({ stdout }: ParserInput, { operands }: KubectlCommand): Parsed => {
  const line = linesOf(stdout).find(({ text }) => /^(?:yes|no)\b/.test(text))
  if (line === undefined) return nothing
  const value = record({ verb: operands[1], resource: operands[2], allowed: line.text.startsWith('yes') })
  return listFact('permissions', [{ line: line.number, value }])
}

const raw = (input: ParserInput): Parsed => combine([curl.parse(input), readMetrics(linesOf(input.stdout))])

const lastResort = (parsed: Parsed, input: ParserInput): Parsed =>
  Object.keys(parsed.facts).length > 0 ? parsed : combine([parsed, kubeRefusal(input)])

const readers: Readonly<Record<string, (input: ParserInput, command: KubectlCommand) => Parsed>> = {
  version,
  'cluster-info': clusterInfo,
  auth: permission,
  get: raw,
}

const parse = (input: ParserInput): Parsed => {
  const command = kubectlCommand(input.argv)
  if (command === undefined)
    return combine([version(input), clusterInfo(input), readMetrics(linesOf(input.stdout))])
  return lastResort(readers[command.verb]?.(input, command) ?? nothing, input)
}

/**
 * What kubectl answers besides objects: `version`, `cluster-info`, `auth can-i`, and `get --raw` of health pages and metrics.
 */
export const kubectlOthers: Parser = {
  name: 'kubectl-others',
  gives: ['kubernetesVersion', 'clusterServices', 'permissions', 'health', 'healthChecks', 'http', 'metrics'],
  recognises: argv => {
    const command = kubectlCommand(argv)
    if (command === undefined) return false
    if (command.verb === 'get') return hasLong(command.argv, 'raw')
    return command.verb === 'auth' ? command.operands[0] === 'can-i' : command.verb in readers
  },
  recognisesText: text =>
    /^(?:Client|Server) Version: /m.test(text) ||
    /^Kubernetes (?:control plane|master) is running at /m.test(text) ||
    /^# (?:HELP|TYPE) \w+ /m.test(text),
  parse,
}
