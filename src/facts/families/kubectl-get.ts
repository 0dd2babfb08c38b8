import { operandsOf } from '../command/options.ts'
import { combine, listFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import { readTable, type TableRow } from '../text/table.ts'
import type { CommandWords, Parsed, Parser, ParserInput } from '../types.ts'
import { type Kind, kinds } from './kubectl-kinds.ts'

const isHeader = (text: string): boolean => /^(?:NAMESPACE|NAME|LAST SEEN)\s+[A-Z]/.test(text)

const kindOf = ({ cells }: TableRow): Kind | undefined =>
  kinds.find(kind => kind.titles.every(title => title in cells))

// What may stand behind `kubectl get`, and the fact whose emptiness "No resources found" states.
const factOf: Readonly<Record<string, string>> = {
  po: 'pods',
  pod: 'pods',
  pods: 'pods',
  no: 'nodes',
  node: 'nodes',
  nodes: 'nodes',
  pvc: 'claims',
  persistentvolumeclaim: 'claims',
  persistentvolumeclaims: 'claims',
  csr: 'signingRequests',
  certificatesigningrequest: 'signingRequests',
  certificatesigningrequests: 'signingRequests',
  ev: 'events',
  event: 'events',
  events: 'events',
  ep: 'endpoints',
  endpoints: 'endpoints',
}

const valueOptions =
  '-n --namespace --kubeconfig --context --cluster -s --server --user -l --selector -o --output'.split(' ')

const wordsOf = (argv: CommandWords): readonly string[] => operandsOf(argv, valueOptions)

const saysNone = ({ stdout, stderr }: ParserInput): boolean =>
  /^No resources found/m.test(stderr) || /^No resources found/m.test(stdout)

const parse = (input: ParserInput): Parsed => {
  const rows = readTable(linesOf(input.stdout), isHeader)
  const byKind = Map.groupBy(rows, kindOf)
  const lists = [...byKind].flatMap(([kind, list]) =>
    kind === undefined
      ? []
      : [
          listFact(
            kind.fact,
            list.map(row => ({ line: row.line, value: kind.read(row.cells) })),
          ),
        ],
  )
  const asked = factOf[wordsOf(input.argv)[1] ?? '']
  return combine(lists.length === 0 && asked !== undefined && saysNone(input) ? [listFact(asked, [])] : lists)
}

/** Tables of `kubectl get`: pods, nodes, claims, signing requests, events, endpoints, component statuses; several in one text. */
export const kubectlGet: Parser = {
  name: 'kubectl-get',
  gives: kinds.map(kind => kind.fact),
  recognises: argv => (argv[0] === 'kubectl' || argv[0] === 'oc') && wordsOf(argv)[0] === 'get',
  recognisesText: text =>
    linesOf(text).some(
      line =>
        isHeader(line.text) && kinds.some(kind => kind.titles.every(title => line.text.includes(title))),
    ),
  parse,
}
