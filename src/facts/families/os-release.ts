import { type Cells, nothing, record, singleFact } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { CommandWords, Parsed, Parser, ParserInput } from '../types.ts'
import { shows } from './shown-files.ts'

const pair = /^([A-Z_]+)=(?:"(.*)"|'(.*)'|(.*))$/

const known = ['ID', 'NAME', 'PRETTY_NAME', 'VERSION', 'VERSION_ID', 'VERSION_CODENAME']

// `Rocky Linux release 8.8 (Green Obsidian)`, as /etc/redhat-release has it.
const release = /^(\S.*?) release (\d[\w.]*)(?: \((.+)\))?$/

const ofLsb = (lines: readonly TextLine[]): Cells => {
  const at = (title: string): string | undefined =>
    lines.map(({ text }) => new RegExp(`^${title}:\\s+(\\S.*)$`).exec(text)?.[1]).find(Boolean)
  const codename = at('Codename')
  return {
    name: at('Distributor ID'),
    prettyName: at('Description'),
    versionId: at('Release'),
    codename: codename === 'n/a' ? undefined : codename,
  }
}

// What lsb_release and the files of older distributions say.
const otherwise = (lines: readonly TextLine[]): Parsed => {
  const line = lines.find(({ text }) => release.test(text.trim()) || /^Distributor ID:/.test(text))
  if (line === undefined) return nothing
  const [prettyName, name, versionId] = release.exec(line.text.trim()) ?? []
  const value = record(prettyName === undefined ? ofLsb(lines) : { name, prettyName, versionId })
  return singleFact('os', { line: line.number, value })
}

// Two distributions keep their bare version in a file.
const bareVersions: Readonly<Record<string, string>> = {
  'alpine-release': 'Alpine Linux',
  debian_version: 'Debian GNU/Linux',
}

const bareVersion = (lines: readonly TextLine[], argv: CommandWords): Parsed | undefined => {
  const file = Object.keys(bareVersions).find(name => argv.some(word => word.endsWith(`/etc/${name}`)))
  const line = lines.find(({ text }) => /^[\w./-]+$/.test(text.trim()))
  if (file === undefined || line === undefined) return undefined
  const value = record({ name: bareVersions[file], versionId: line.text.trim() })
  return singleFact('os', { line: line.number, value })
}

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const fields = new Map(
    lines.flatMap(({ text }) => {
      const match = pair.exec(text.trim())
      return match === null ? [] : [[match[1] ?? '', match[2] ?? match[3] ?? match[4] ?? ''] as const]
    }),
  )
  if (!known.some(name => fields.has(name))) return bareVersion(lines, argv) ?? otherwise(lines)
  const value = record({
    id: fields.get('ID'),
    idLike: fields.get('ID_LIKE')?.split(' '),
    name: fields.get('NAME'),
    prettyName: fields.get('PRETTY_NAME'),
    version: fields.get('VERSION'),
    versionId: fields.get('VERSION_ID'),
    codename: fields.get('VERSION_CODENAME'),
  })
  return singleFact('os', { line: lines[0]?.number ?? 1, value })
}

/** The distribution: `cat /etc/os-release`, `/etc/redhat-release` and its like, `lsb_release -a`. */
export const osRelease: Parser = {
  name: 'os-release',
  gives: ['os'],
  recognises: argv =>
    argv[0] === 'lsb_release' || shows(argv, /\/etc\/(?:[\w*-]*release|debian_version)$|\/os-release$/),
  recognisesText: text => /^PRETTY_NAME=/m.test(text) && /^ID=/m.test(text),
  parse,
}
