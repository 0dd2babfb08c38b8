import { hasLong, hasShort } from '../command/options.ts'
import { combine, nothing } from '../parsed.ts'
import { divideAt } from '../text/divide.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { Parsed, Parser, ParserInput } from '../types.ts'
import { kindNamed, kubeKinds, otherKind } from './kube-kinds.ts'
import { commandOfPastedRows } from './kube-pasted-rows.ts'
import { kubeRefusal, saysNoResources } from './kube-refusal.ts'
import { type KubeRequest, type KubeRow, kindOf, kubeFacts, readKubeRow } from './kube-rows.ts'
import { type KubectlCommand, kubectlCommand, requestedKinds } from './kubectl-command.ts'
import { readPlainTable } from './plain-table.ts'
import { unreadRows } from './unread-rows.ts'

const isHeader = (text: string): boolean =>
  /^[A-Z][A-Z0-9 \t_%.:/()-]*$/.test(text.replaceAll(/\((?:cores|bytes)\)|PORT\(S\)/g, '')) &&
  /\bNAME\b|^(?:NAMESPACE\s+)?LAST ?SEEN\b/.test(text)

const requestOf = (command: KubectlCommand | undefined): KubeRequest => ({
  kinds: command === undefined ? [] : requestedKinds(command),
  namespace: command?.namespace,
})

const topTitles = ({ kinds }: KubeRequest): readonly string[] =>
  kindNamed(kinds[0] ?? '')?.fact === 'nodes' ? ['CPU(cores)', 'CPU%'] : ['CPU(cores)', 'MEMORY(bytes)']

// What stands below which title when a filter took the header away.
const titlesFor = (command: KubectlCommand, request: KubeRequest, name: string): readonly string[] => {
  if (command.output === 'name') return ['NAME']
  const kind = kindOf(name, command.verb === 'top' ? topTitles(request) : [], request)
  const everywhere = hasShort(command.argv, 'A') || hasLong(command.argv, 'all-namespaces')
  return [
    ...(everywhere && !kind.global ? ['NAMESPACE'] : []),
    ...kind.standard.split('|'),
    ...(command.output === 'wide' && kind.wide !== undefined ? kind.wide.split('|') : []),
    ...(hasLong(command.argv, 'show-labels') ? ['LABELS'] : []),
  ]
}

// Empty cells leave no trace in such a line: then only what stands up to the status is certain.
const headlessCells = (
  text: string,
  titles: readonly string[],
): Readonly<Record<string, string>> | undefined => {
  const cells = text.trim().split(/\s{2,}/)
  const last = titles.length - 1
  if (cells.length > last)
    return Object.fromEntries(
      titles.map((title, index) => [
        title,
        cells.slice(index, index === last ? undefined : index + 1).join('  '),
      ]),
    )
  const status = titles.indexOf('STATUS')
  if (status < 1 || cells.length <= status) return undefined
  return Object.fromEntries(titles.slice(0, status + 1).map((title, index) => [title, cells[index] ?? '']))
}

// `pod/web`, `deployment.apps/web`; neither `1/1` nor an image or a path.
const prefixed = /^[a-z][a-z.0-9]*\/[a-z0-9][^/]*$/

const headlessRows = (lines: readonly TextLine[], command: KubectlCommand): readonly KubeRow[] => {
  const request = requestOf(command)
  return lines.flatMap(({ number, text }) => {
    const name =
      text
        .split(/\s{2,}/)
        .slice(0, 2)
        .find(cell => prefixed.test(cell)) ?? ''
    const cells = headlessCells(text, titlesFor(command, request, name))
    return cells === undefined ? [] : (readKubeRow(number, cells, request) ?? [])
  })
}

// An event below the rows of another listing, whose own header a filter took away.
const eventRow =
  /^(?:\S+ {2,})?(?:\d+[smhdy])+(?: \(x\d+ over \S+\))? {2,}(?:Normal|Warning) {2,}\w+ {2,}[a-z]+\/\S+ {2,}/

const eventsListed = kubectlCommand(['kubectl', 'get', 'events'])

type TableRows = { readonly rows: readonly KubeRow[]; readonly unread: Parsed }

const tableRows = (lines: readonly TextLine[], request: KubeRequest): TableRows => {
  const read = readPlainTable(lines, isHeader).map(({ line, cells }) => ({
    line,
    row: readKubeRow(line, cells, request),
  }))
  const strange = new Set(read.filter(({ row }) => row === undefined).map(({ line }) => line))
  const misfits = lines.filter(({ number }) => strange.has(number))
  const isEvent = ({ text }: TextLine): boolean => eventRow.test(text)
  return {
    rows: [
      ...read.flatMap(({ row }) => row ?? []),
      ...(eventsListed === undefined ? [] : headlessRows(misfits.filter(isEvent), eventsListed)),
    ],
    unread: unreadRows(misfits.filter(line => !isEvent(line))),
  }
}

const listedByAll = ['pods', 'services', 'daemonSets', 'deployments', 'replicaSets', 'statefulSets', 'jobs']

const askedFacts = (input: ParserInput, { kinds }: KubeRequest): readonly string[] => {
  const filteredAway = input.stdout.trim() === '' && input.stderr.trim() === '' && input.exitCode === 1
  if (!saysNoResources(input) && !filteredAway) return []
  return kinds.flatMap(kind => (kind === 'all' ? listedByAll : [kindNamed(kind)?.fact ?? otherKind.fact]))
}

const parse = (input: ParserInput): Parsed => {
  const lines = linesOf(input.stdout)
  const command = kubectlCommand(input.argv) ?? commandOfPastedRows(lines)
  const request = requestOf(command)
  const hasHeader = lines.some(line => isHeader(line.text))
  const { rows, unread } =
    hasHeader || command === undefined
      ? tableRows(lines, request)
      : { rows: headlessRows(lines, command), unread: nothing }
  const asked = askedFacts(input, request)
  const found = rows.length > 0 || asked.length > 0 ? kubeFacts(rows, asked) : nothing
  return combine([found, unread, kubeRefusal(input)])
}

const listing = ['get', 'top', 'events']

const printsTable = (output: string | undefined): boolean =>
  output === undefined || /^(?:wide|name|custom-columns)/.test(output)

const isListHeader = (text: string): boolean =>
  isHeader(text) &&
  kubeKinds.some(kind =>
    kind.header.test(
      text
        .trim()
        .split(/\s{2,}/)
        .join('|'),
    ),
  )

/**
 * Listings of Kubernetes objects: `kubectl get` of any kind, plain, -A, -o wide, -o name, --show-labels, --no-headers, -w, of
 * several kinds at once; `kubectl top`; `kubectl events`. A header that a filter took away is put back from the command; rows of
 * nodes and pods are known without either.
 */
export const kubectlList: Parser = {
  name: 'kubectl-list',
  gives: [...new Set([...kubeKinds.map(kind => kind.fact), otherKind.fact])],
  recognises: argv => {
    const command = kubectlCommand(argv)
    if (command === undefined || !listing.includes(command.verb)) return false
    return printsTable(command.output) && !hasLong(command.argv, 'raw')
  },
  recognisesText: text => {
    const lines = linesOf(text.slice(0, 20_000))
    return lines.some(line => isListHeader(line.text)) || commandOfPastedRows(lines) !== undefined
  },
  parse,
  divide: divideAt(isHeader),
}
