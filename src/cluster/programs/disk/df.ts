import { findNode } from '../../files/look-up.ts'
import { resolvePath } from '../../files/paths.ts'
import { type FilesystemUse, filesystemOf, filesystemUses } from '../../relations/filesystem-use.ts'
import { podMountsOf } from '../../relations/pod-mounts.ts'
import { hangsOn } from '../../relations/remote-mounts.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { alignColumns, asText } from '../../text/columns.ts'
import { humanBytes } from '../../text/human-bytes.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'
import type { Filesystem } from '../../world/machine.ts'

const table: OptionTable = {
  a: 'all',
  all: 'all',
  B: 'block-size=',
  'block-size': 'block-size=',
  h: 'human',
  'human-readable': 'human',
  H: 'si',
  si: 'si',
  i: 'inodes',
  inodes: 'inodes',
  k: 'kibi',
  m: 'mebi',
  l: 'local',
  local: 'local',
  P: 'portability',
  portability: 'portability',
  t: 'type=',
  type: 'type=',
  T: 'print-type',
  'print-type': 'print-type',
  x: 'exclude-type=',
  'exclude-type': 'exclude-type=',
  total: 'total',
  output: 'output?',
  sync: 'sync',
  'no-sync': 'no-sync',
  v: 'ignored',
}

type Row = {
  readonly device: string
  readonly type: string
  readonly mount: string
  readonly size: number
  readonly used: number
  readonly free: number
}

const percent = ({ used, free }: Row): string =>
  used + free === 0 ? '-' : `${Math.ceil((used * 100) / (used + free))}%`

/** How a number of bytes is written, and the header that says so. */
const unitOf = ({ options }: ReadOptions): readonly [string, (bytes: number) => string] => {
  if (options.has('human') || options.has('si')) return ['Size', humanBytes]
  const size = options.get('block-size')?.at(-1)
  if (options.has('mebi') || size === 'M' || size === '1M')
    return ['1M-blocks', bytes => String(Math.ceil(bytes / 1024 ** 2))]
  if (size === 'G' || size === '1G') return ['1G-blocks', bytes => String(Math.ceil(bytes / 1024 ** 3))]
  if (size === '1') return ['1B-blocks', String]
  return [options.has('portability') ? '1024-blocks' : '1K-blocks', bytes => String(Math.round(bytes / 1024))]
}

/** Of what is mounted for pods the use is known with it. */
const useOf = (uses: ReturnType<typeof filesystemUses>, filesystem: Filesystem): FilesystemUse =>
  uses.get(filesystem) ?? { usedBytes: filesystem.baseBytes, usedInodes: filesystem.baseInodes }

const rowsOf = ({ machine }: Call, read: ReadOptions, filesystems: readonly Filesystem[]): readonly Row[] => {
  const uses = filesystemUses(machine)
  const wantsInodes = read.options.has('inodes')
  return filesystems.map(filesystem => {
    const { usedBytes, usedInodes } = useOf(uses, filesystem)
    const { device, type, mount, sizeBytes, reservedBytes, inodes } = filesystem
    return wantsInodes
      ? { device, type, mount, size: inodes, used: usedInodes, free: inodes - usedInodes }
      : {
          device,
          type,
          mount,
          size: sizeBytes,
          used: usedBytes,
          free: Math.max(0, sizeBytes - reservedBytes - usedBytes),
        }
  })
}

const outputColumns = (
  read: ReadOptions,
  row: Row,
  write: (value: number) => string,
): Readonly<Record<string, string>> => ({
  source: row.device,
  fstype: row.type,
  size: write(row.size),
  itotal: String(row.size),
  used: write(row.used),
  iused: String(row.used),
  avail: write(row.free),
  iavail: String(row.free),
  pcent: percent(row),
  ipcent: percent(row),
  target: row.mount,
  file: read.words[0] ?? '-',
})

const headers: Readonly<Record<string, string>> = {
  source: 'Filesystem',
  fstype: 'Type',
  itotal: 'Inodes',
  used: 'Used',
  iused: 'IUsed',
  avail: 'Avail',
  iavail: 'IFree',
  pcent: 'Use%',
  ipcent: 'IUse%',
  target: 'Mounted on',
  file: 'File',
}

const render = (read: ReadOptions, rows: readonly Row[]): string => {
  const { options } = read
  const [sizeHeader, bytes] = unitOf(read)
  const wantsInodes = options.has('inodes')
  const write = wantsInodes && !options.has('human') ? String : bytes
  const usual = [
    'source',
    ...(options.has('print-type') ? ['fstype'] : []),
    wantsInodes ? 'itotal' : 'size',
    wantsInodes ? 'iused' : 'used',
    wantsInodes ? 'iavail' : 'avail',
    wantsInodes ? 'ipcent' : 'pcent',
    'target',
  ]
  const columns =
    options
      .get('output')
      ?.at(-1)
      ?.split(',')
      .filter(name => name !== '') ?? usual
  const availHeader =
    options.has('human') || options.has('portability') || options.has('output') ? 'Avail' : 'Available'
  const head = columns.map(name =>
    name === 'size' ? sizeHeader : name === 'avail' ? availHeader : (headers[name] ?? name),
  )
  const alignments = columns.map(
    name => (/^(source|fstype|target|file)$/.test(name) ? 'left' : 'right') as 'left' | 'right',
  )
  const cells = rows.map(row => {
    const values = outputColumns(read, row, write)
    return columns.map(name =>
      name === 'itotal' || name === 'iused' || name === 'iavail'
        ? write(Number(values[name]))
        : (values[name] ?? '-'),
    )
  })
  const padded = [head, ...cells].map(line => [
    (line[0] ?? '').padEnd(14),
    ...line
      .slice(1)
      .map((cell, at) =>
        /^(size|used|avail|itotal|iused|iavail)$/.test(columns[at + 1] ?? '') ? cell.padStart(5) : cell,
      ),
  ])
  return asText(alignColumns(columns[0] === 'source' ? padded : [head, ...cells], { alignments }))
}

const total = (rows: readonly Row[]): Row => ({
  device: 'total',
  type: '-',
  mount: '-',
  size: rows.reduce((sum, { size }) => sum + size, 0),
  used: rows.reduce((sum, { used }) => sum + used, 0),
  free: rows.reduce((sum, { free }) => sum + free, 0),
})

const chosen = (
  call: Call,
  read: ReadOptions,
): { readonly found: Filesystem[]; readonly errors: string[] } => {
  const { machine, world } = call
  const errors: string[] = []
  const types = read.options.get('type')
  const without = read.options.get('exclude-type')
  const isWanted = ({ type }: Filesystem) =>
    types?.includes(type) !== false && without?.includes(type) !== true
  const ofPods = podMountsOf(world, machine).filter(({ type }) => type !== 'nsfs')
  const mounted = [...machine.filesystems, ...ofPods]
  if (read.words.length === 0) return { found: mounted.filter(isWanted), errors }
  const found: Filesystem[] = []
  for (const word of read.words) {
    const path = resolvePath(call.cwd, word)
    const device = mounted.find(({ device, mount }) => device === path || mount === path)
    const isThere =
      findNode({ world, machine }, path, 'links') !== undefined ||
      machine.filesystems.some(f => f.mount === path)
    const filesystem = device ?? (isThere ? filesystemOf(machine, path) : undefined)
    if (filesystem === undefined) errors.push(`df: ${word}: No such file or directory`)
    else found.push(filesystem)
  }
  return { found, errors }
}

/** df(1) of GNU coreutils. */
export const df: Program = {
  names: ['df'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const read = readOptions(table, call.args)
    const problem = unknownOption('df', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const { found, errors } = chosen(call, read)
    const hanging = found.find(filesystem => hangsOn(call.world, call.machine, filesystem))
    if (hanging !== undefined) return { exit: 1, tookMs: 600_000 }
    for (const { mount, error } of found) if (error !== undefined) errors.push(`df: ${mount}: ${error}`)
    const rows = rowsOf(
      call,
      read,
      found.filter(({ error }) => error === undefined),
    )
    if (rows.length === 0)
      return { stderr: asText(errors.length > 0 ? errors : ['df: no file systems processed']), exit: 1 }
    const all = read.options.has('total') ? [...rows, total(rows)] : rows
    return { stdout: render(read, all), stderr: asText(errors), exit: errors.length > 0 ? 1 : 0 }
  },
}
