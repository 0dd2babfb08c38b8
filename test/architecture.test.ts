import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const src = join(root, 'src')

/** Which rooms a room may import; the table of ARCHITECTURE.md as data. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  document: ['base'],
  tree: ['base', 'document'],
  shell: ['base'],
  facts: ['base', 'shell'],
  diagnosis: ['base', 'facts'],
  session: ['base', 'tree', 'diagnosis', 'facts', 'shell'],
  targets: ['base', 'shell', 'cluster'],
  cluster: ['base'],
  drill: ['base', 'cluster', 'diagnosis', 'session'],
  redaction: ['base'],
  settings: ['base', 'diagnosis'],
  report: ['base', 'session', 'tree', 'drill'],
  runtime: ['base', 'session', 'targets', 'diagnosis', 'facts', 'redaction'],
  ui: ['base', 'session', 'tree', 'runtime', 'drill'],
  cli: [
    'base',
    'document',
    'tree',
    'shell',
    'facts',
    'diagnosis',
    'session',
    'targets',
    'cluster',
    'runtime',
    'ui',
    'drill',
    'report',
    'settings',
  ],
}

/** Rooms of which only types may be imported. */
const typesOnly: Readonly<Record<string, readonly string[]>> = { ui: ['runtime', 'drill'] }

const pureRooms = [
  'base',
  'document',
  'tree',
  'shell',
  'facts',
  'diagnosis',
  'session',
  'cluster',
  'drill',
  'redaction',
  'report',
  'settings',
]
const pureNodeModules = ['node:util', 'node:url']
// A simulated process may be called one: only what Node's own has counts.
const nodeProcess =
  'argv|cwd|env|exit|exitCode|hrtime|memoryUsage|nextTick|off|on|once|platform|stderr|stdin|stdout|uptime|version|versions'
const impure = new RegExp(
  String.raw`\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.(?:${nodeProcess})\b|\bconsole\.|\bsetTimeout\b|\bsetInterval\b`,
)

type Import = { readonly from: string; readonly typeOnly: boolean }
type Source = {
  readonly path: string
  readonly room: string
  readonly text: string
  readonly imports: readonly Import[]
}

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1')

const importsOf = (text: string): readonly Import[] =>
  [
    ...text.matchAll(
      /^\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|^\s*import\s+'([^']+)'/gm,
    ),
  ].map(([, type, from, dynamic, bare]) => ({
    from: from ?? dynamic ?? bare ?? '',
    typeOnly: type !== undefined,
  }))

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })

const sources: readonly Source[] = filesBelow(src).map(path => {
  const text = readFileSync(path, 'utf8')
  return {
    path: relative(root, path),
    room: relative(src, path).split(sep)[0] ?? '',
    text,
    imports: importsOf(withoutComments(text)),
  }
})

/** What an import of a source leads to inside `src/`: the room and whether it goes through the room's index. */
const roomOf = (
  source: Source,
  from: string,
): { readonly room: string; readonly throughIndex: boolean } | undefined => {
  if (!from.startsWith('.')) return undefined
  const target = relative(src, join(root, dirname(source.path), from))
  if (target.startsWith('..')) return undefined
  const [room = '', ...rest] = target.split(sep)
  return { room, throughIndex: rest.join('/') === 'index.ts' }
}

const foreignImports = sources.flatMap(source =>
  source.imports.flatMap(entry => {
    const target = roomOf(source, entry.from)
    return target === undefined || target.room === source.room ? [] : [{ source, entry, ...target }]
  }),
)

const describeImport = (found: (typeof foreignImports)[number]): string =>
  `${found.source.path} imports ${found.entry.from}`

describe('the rooms', () => {
  it('are those of the table, each with one index', () => {
    const rooms = [...new Set(sources.map(s => s.room))].sort()
    expect(rooms).toEqual(Object.keys(mayImport).sort())
    const indexes = sources.filter(s => s.path.endsWith(`${sep}index.ts`)).map(s => s.path)
    const allowed = rooms.map(room => join('src', room, 'index.ts'))
    expect(indexes.filter(path => !allowed.includes(path))).toEqual([])
  })

  it('import each other, and this test sees it', () => {
    const seen = new Set(foreignImports.map(f => `${f.source.room} → ${f.room}`))
    expect([...seen]).toEqual(
      expect.arrayContaining(['session → diagnosis', 'ui → runtime', 'cli → targets']),
    )
  })

  it('import only what the table allows', () => {
    const broken = foreignImports.filter(f => !(mayImport[f.source.room] ?? []).includes(f.room))
    expect(broken.map(describeImport)).toEqual([])
  })

  it('import each other only through the index', () => {
    expect(foreignImports.filter(f => !f.throughIndex).map(describeImport)).toEqual([])
  })

  it('import only types where the table says so', () => {
    const broken = foreignImports.filter(
      f => (typesOnly[f.source.room] ?? []).includes(f.room) && !f.entry.typeOnly,
    )
    expect(broken.map(describeImport)).toEqual([])
  })

  it('that are pure touch no clock, no chance, no process and no node module', () => {
    const pure = sources.filter(s => pureRooms.includes(s.room))
    const touching = pure.filter(s => impure.test(withoutComments(s.text))).map(s => s.path)
    const importing = pure.flatMap(s =>
      s.imports
        .filter(i => /^(node:|react|ink)/.test(i.from) && !pureNodeModules.includes(i.from))
        .map(i => `${s.path} imports ${i.from}`),
    )
    expect([...touching, ...importing]).toEqual([])
  })

  it('leave Ink and React to the ui', () => {
    const outside = sources.filter(
      s => s.room !== 'ui' && s.imports.some(i => /^(react|ink)(\/|$|-)/.test(i.from)),
    )
    expect(outside.map(s => s.path)).toEqual([])
  })

  it('leave the end of the process to cli/main', () => {
    const ending = sources.filter(
      s => /process\.exit/.test(withoutComments(s.text)) && !/^src.cli.(main|launch)\.ts$/.test(s.path),
    )
    expect(ending.map(s => s.path)).toEqual([])
  })
})

describe('the sizes', () => {
  const counts = sources
    .map(s => ({ path: s.path, lines: s.text.split('\n').length }))
    .sort((a, b) => a.lines - b.lines)
  const quantile = (q: number): number =>
    counts[Math.min(counts.length - 1, Math.floor(counts.length * q))]?.lines ?? 0

  it('keep every file within 250 lines', () => {
    expect(counts.filter(c => c.lines > 250)).toEqual([])
  })

  it('keep nine files in ten within 150 lines and half within 60', () => {
    expect(quantile(0.9)).toBeLessThanOrEqual(150)
    expect(quantile(0.5)).toBeLessThanOrEqual(60)
  })

  it('keep file names in kebab case', () => {
    const odd = sources.filter(s => !/^[a-z0-9]+(-[a-z0-9]+)*\.tsx?$/.test(s.path.split(sep).at(-1) ?? ''))
    expect(odd.map(s => s.path)).toEqual([])
  })
})

/** What stands at the top of the repository, besides files whose name begins with a dot. */
const topLevel = [
  ...['ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md'],
  ...[
    'bench',
    'docs',
    'package-lock.json',
    'package.json',
    'runbooks',
    'scripts',
    'src',
    'test',
    'tsconfig.json',
  ],
]

describe('the repository', () => {
  it('keeps nothing at its top but what belongs there', ({ skip }) => {
    const { status, stdout } = spawnSync('git', ['ls-tree', '--name-only', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
    })
    if (status !== 0) skip('this is no clone: git cannot tell what is kept')
    const kept = stdout.split('\n').filter(name => name !== '' && !name.startsWith('.'))
    expect(kept.filter(name => !topLevel.includes(name))).toEqual([])
  })
})
