import { type Cells, combine, type Located, listFact, record } from '../parsed.ts'
import type { FactValue, Parsed } from '../types.ts'
import type { KubeKind } from './kube-kind.ts'
import { kindNamed, kubeKinds, otherKind } from './kube-kinds.ts'
import { asLabels, asSeconds, asText, type CellReader, fieldNameOf, matching } from './row-readers.ts'

/** A row that was read, with the fact it belongs to. */
export type KubeRow = Located<FactValue> & { readonly fact: string }

/** What the command adds to its rows: the kinds it asks for and the namespace it names. */
export type KubeRequest = { readonly kinds: readonly string[]; readonly namespace: string | undefined }

const objectName = /^[A-Za-z0-9][\w.:/-]*(?:…|\.\.\.)?$/

// `get all` and `get pods,services` name rows `pod/web`, `deployment.apps/web`.
const withoutPrefix = (name: string): string => name.slice(name.indexOf('/') + 1)

const common: Readonly<Record<string, CellReader>> = {
  NAMESPACE: matching(objectName, asText('namespace')),
  NAME: matching(objectName, cell => ({ name: withoutPrefix(cell) })),
  AGE: asSeconds('ageSeconds'),
  LABELS: asLabels('labels'),
}

const prefixOf = (name: string | undefined): string | undefined =>
  name?.includes('/') ? name.slice(0, name.indexOf('/')) : undefined

const onlyKind = ({ kinds }: KubeRequest): KubeKind | undefined =>
  kinds.length === 1 ? kindNamed(kinds[0] ?? '') : undefined

/** The kind of a row, by the prefix of its name, its titles, or what was asked for. */
export const kindOf = (
  name: string | undefined,
  titles: readonly string[],
  request: KubeRequest,
): KubeKind => {
  const prefix = prefixOf(name)
  if (prefix !== undefined) return kindNamed(prefix) ?? otherKind
  const joined = titles.join('|')
  return kubeKinds.find(kind => kind.header.test(joined)) ?? onlyKind(request) ?? otherKind
}

const otherName = (name: string | undefined, request: KubeRequest): string | undefined =>
  prefixOf(name) ?? request.kinds[0]

const readCells = (kind: KubeKind, cells: Readonly<Record<string, string>>): Cells | undefined => {
  const fields: Record<string, FactValue | undefined> = {}
  for (const [title, cell] of Object.entries(cells)) {
    // Older kubectl prints the title for objects too that belong to no namespace.
    if (kind.global && title === 'NAMESPACE' && cell === '') continue
    const reader = kind.columns[title] ?? common[title] ?? asText(fieldNameOf(title))
    const read = reader(cell)
    if (read === undefined) return undefined
    Object.assign(fields, read)
  }
  return fields
}

/** Reads one line of a listing; `undefined` when its cells cannot stand below their titles, as those of a log line or a prompt. */
export const readKubeRow = (
  line: number,
  cells: Readonly<Record<string, string>>,
  request: KubeRequest,
): KubeRow | undefined => {
  // A single word below three titles and more is another command's.
  const titles = Object.keys(cells)
  if (titles.length >= 3 && Object.values(cells).filter(cell => cell.trim() !== '').length < 2)
    return undefined
  const likely = kindOf(cells.NAME, titles, request)
  // A kind of one's own may have titles of one that is known.
  const isForeign = request.kinds.length === 1 && kindNamed(request.kinds[0] ?? '') === undefined
  const kind = isForeign && readCells(likely, cells) === undefined ? otherKind : likely
  const fields = readCells(kind, cells)
  if (fields === undefined) return undefined
  const namespace = kind.global ? undefined : (fields.namespace ?? request.namespace)
  const named = kind === otherKind ? { kind: otherName(cells.NAME, request) } : {}
  return { fact: kind.fact, line, value: record({ ...named, namespace, ...fields }) }
}

const keyOf = (row: KubeRow, index: number): string => {
  const { name, namespace } = row.value as Readonly<Record<string, FactValue>>
  return name === undefined ? `${index}` : `${row.fact} ${namespace} ${name}`
}

// While watching, an object is listed again whenever it changes: the last line stands, where the first one stood.
const latest = (rows: readonly KubeRow[]): readonly KubeRow[] => {
  const byKey = new Map<string, KubeRow>()
  for (const [index, row] of rows.entries()) byKey.set(keyOf(row, index), row)
  return [...byKey.values()]
}

/** Rows as list facts, one a kind. `asked` are facts that are empty lists when no row is theirs. */
export const kubeFacts = (rows: readonly KubeRow[], asked: readonly string[] = []): Parsed => {
  const facts = new Set([...asked, ...rows.map(row => row.fact)])
  return combine([...facts].map(fact => listFact(fact, latest(rows.filter(row => row.fact === fact)))))
}
