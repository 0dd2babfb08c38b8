import { readText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { prefixOf } from '../../kube/kinds.ts'
import { managedFieldsOf } from '../../kube/managed-fields.ts'
import { minorOf } from '../../kube/minor-version.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import { type Column, labelText, type Sight } from './cells.ts'
import { type Client, patienceOf } from './client.ts'
import { columnsFor } from './columns.ts'
import { findWanted, isEverywhere, readWanted, sorted, type Wanted } from './find.ts'
import { noneFound } from './none-found.ts'
import { formatObjects } from './output.ts'
import { withSelfLinks } from './self-links.ts'
import { formatTable } from './table.ts'

type Listing = { readonly wanted: Wanted; readonly items: readonly KubeObject[] }

const columnsHere = (
  client: Client,
  { wanted, isMixed }: { wanted: Wanted; isMixed: boolean },
): readonly Column[] => {
  const { flags } = client.args
  const isWide = flags.get('output') === 'wide'
  const base = columnsFor(wanted.kind).filter(column => isWide || column.isWide !== true)
  const showsKind = isMixed || flags.has('show-kind')
  const named = base.map(
    (column): Column =>
      column.head === 'NAME' && showsKind
        ? { ...column, cell: (o, s) => `${prefixOf(wanted.kind)}/${column.cell(o, s)}` }
        : column,
  )
  const space: Column = { head: 'NAMESPACE', cell: o => o.metadata.namespace ?? '' }
  const extra = (flags.get('label-columns') ?? '')
    .split(',')
    .filter(l => l !== '')
    .map(
      (label): Column => ({
        head: (label.split('/').at(-1) ?? '').toUpperCase(),
        cell: o => o.metadata.labels?.[label] ?? '',
      }),
    )
  return [
    ...(wanted.kind.isNamespaced && isEverywhere(client) ? [space] : []),
    ...named,
    ...extra,
    ...(flags.has('show-labels')
      ? [{ head: 'LABELS', cell: (o: KubeObject) => labelText(o.metadata.labels) }]
      : []),
  ]
}

const tableOf = (client: Client, listing: Listing, isMixed: boolean): string => {
  const columns = columnsHere(client, { wanted: listing.wanted, isMixed })
  const sight: Sight = { world: client.call.world, nowMs: client.call.world.nowMs }
  const rows = listing.items.map(item => columns.map(column => column.cell(item, sight)))
  const heads = client.args.flags.has('no-headers') ? [] : [columns.map(c => c.head)]
  return formatTable([...heads, ...rows])
}

const nothing = (client: Client, wanted: readonly Wanted[]): string => {
  const isSpaced = wanted.some(w => w.kind.isNamespaced) && !isEverywhere(client)
  return noneFound(client, isSpaced)
}

const rowKey = (object: KubeObject): string =>
  `${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`

/** Goes on showing rows that change. */
const watch = (client: Client, { wanted, first }: { wanted: Wanted; first: string }): Reply => {
  const shown = new Map<string, string>()
  const columns = columnsHere(client, { wanted, isMixed: false })
  const line = (object: KubeObject): string =>
    formatTable([
      columns.map(c => c.cell(object, { world: client.call.world, nowMs: client.call.world.nowMs })),
    ])
  const version = (object: KubeObject): string =>
    JSON.stringify([object.metadata.deletionTimestamp, object.status, object.spec])
  const untilMs = client.call.world.nowMs + patienceOf(client.args.flags.get('request-timeout'))
  for (const item of findWanted(client, wanted).items) shown.set(rowKey(item), version(item))
  return {
    stdout: first,
    tookMs: client.answer.latencyMs * 2,
    follow: {
      isOver: () => client.call.world.nowMs >= untilMs,
      next: () => {
        let out = ''
        for (const item of findWanted(client, wanted).items) {
          if (shown.get(rowKey(item)) === version(item)) continue
          shown.set(rowKey(item), version(item))
          out += line(item)
        }
        return out
      },
    },
  }
}

const warnings = ({ call }: Client, wanted: readonly Wanted[]): string =>
  minorOf(call.world) >= 19 && wanted.some(w => w.kind.kind === 'ComponentStatus')
    ? 'Warning: v1 ComponentStatus is deprecated in v1.19+\n'
    : ''

/** The format that is asked for, with the template that a flag of its own or a file gives. */
const formatOf = ({ args: { flags }, call }: Client): string => {
  const template = flags.get('template')
  const format = flags.get('output') ?? (template === undefined ? '' : 'go-template')
  if (template !== undefined && !format.includes('=')) return `${format}=${template}`
  const [, kind, file] =
    /^(custom-columns|go-template|jsonpath|template)(?:-file|file)=(.*)$/s.exec(format) ?? []
  if (kind === undefined || file === undefined) return format
  const text = readText(call.machine.files, resolvePath(call.cwd, file)) ?? ''
  if (kind !== 'custom-columns') return `${kind}=${text}`
  const [heads = [], paths = []] = text.split('\n').map(row => row.trim().split(/\s+/))
  return `${kind}=${heads.map((head, at) => `${head}:${paths[at] ?? ''}`).join(',')}`
}

/** Objects with who owns their fields, where a format shows that: of the usual ones only by a flag. */
const withManagers = (
  { args, call }: Client,
  format: string,
  items: readonly KubeObject[],
): readonly KubeObject[] => {
  const isWhole = /^(json|yaml)$/.test(format)
  const isShown = isWhole ? args.flags.has('show-managed-fields') : /managedFields/.test(format)
  if (!isShown) return items
  return items.map(item => ({
    ...item,
    metadata: { ...item.metadata, managedFields: managedFieldsOf(call.world.kube, item) },
  }))
}

/** `kubectl get`. */
export const getObjects = (client: Client): Reply => {
  const [, ...words] = client.args.words
  if (words.length === 0)
    return {
      stderr:
        'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\nerror: Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee \'kubectl get -h\' for help and examples\n',
      exit: 1,
    }
  const wanted = readWanted(client, words)
  if ('problem' in wanted) return { stderr: wanted.problem, exit: 1 }
  const found = wanted.map(w => ({ wanted: w, ...findWanted(client, w) }))
  const problems = warnings(client, wanted) + found.map(f => f.problems).join('')
  const exit = found.some(f => f.problems !== '') ? 1 : 0
  const items = sorted(
    found.flatMap(f => f.items),
    client.args.flags.get('sort-by'),
  )
  const isList = wanted.length > 1 || (wanted[0]?.names.length ?? 0) !== 1
  const kindOfItem = (item: KubeObject) => wanted.find(w => w.kind.kind === item.kind)?.kind
  const format = formatOf(client)
  const formatted = formatObjects(format, {
    items: withManagers(client, format, withSelfLinks(client.call.world, items)),
    isList,
    hasHeads: !client.args.flags.has('no-headers'),
    prefix: item => {
      const kind = kindOfItem(item)
      return kind === undefined ? item.kind.toLowerCase() : prefixOf(kind)
    },
  })
  const tookMs = client.answer.latencyMs * 2
  if (typeof formatted === 'object') return { stderr: formatted.problem, exit: 1 }
  if (formatted !== undefined)
    return { stdout: items.length === 0 && !isList ? '' : formatted, stderr: problems, exit, tookMs }
  const filled = found.filter(f => f.items.length > 0)
  if (filled.length === 0 && exit === 0) {
    const isQuiet = client.args.flags.has('ignore-not-found')
    const empty: Reply = {
      stderr: isQuiet ? problems : `${problems}${nothing(client, wanted)}`,
      exit,
      tookMs,
    }
    return client.args.flags.has('watch') && wanted[0] !== undefined
      ? watch(client, { wanted: wanted[0], first: '' })
      : empty
  }
  const isMixed = wanted.length > 1
  const stdout = filled.map(f => tableOf(client, f, isMixed)).join('\n')
  if (client.args.flags.has('watch') && wanted[0] !== undefined)
    return watch(client, { wanted: wanted[0], first: stdout })
  return { stdout, stderr: problems, exit, tookMs }
}
