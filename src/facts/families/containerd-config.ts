import { nothing, record, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { shows } from './shown-files.ts'

/** A value of a TOML file with the section it stands in. */
type Entry = { readonly section: string; readonly key: string; readonly value: FactValue }

const readValue = (text: string): FactValue => {
  const plain = text.replace(/\s#.*$/, '').trim()
  if (plain === 'true' || plain === 'false') return plain === 'true'
  if (/^-?\d+$/.test(plain)) return Number(plain)
  if (plain.startsWith('[')) return [...plain.matchAll(/["']([^"']*)["']/g)].map(match => match[1] ?? '')
  return plain.replace(/^["']|["']$/g, '')
}

const entriesOf = (stdout: string): readonly Entry[] => {
  let section = ''
  return linesOf(stdout).flatMap(({ text }) => {
    const header = /^\s*\[([^\]]+(?:\][^\]]*)?)\]\s*$/.exec(text)?.[1]
    if (header !== undefined) section = header.replaceAll(/["']/g, '')
    const pair = /^\s*["']?([\w.-]+)["']?\s*=\s*(.*)$/.exec(text)
    return header !== undefined || pair === null
      ? []
      : [{ section, key: pair[1] ?? '', value: readValue(pair[2] ?? '') }]
  })
}

// Version 3 of the format moved the settings of the CRI from one plugin to two.
const fields: readonly (readonly [string, RegExp, string])[] = [
  ['version', /^$/, 'version'],
  ['root', /^$/, 'root'],
  ['state', /^$/, 'state'],
  ['disabledPlugins', /^$/, 'disabled_plugins'],
  ['imports', /^$/, 'imports'],
  ['address', /^grpc$/, 'address'],
  ['sandboxImage', /cri(?:\.v1\.images)?(?:\.pinned_images)?$/, 'sandbox_image'],
  ['sandboxImage', /pinned_images$/, 'sandbox'],
  ['snapshotter', /\.containerd$|cri\.v1\.images$/, 'snapshotter'],
  ['defaultRuntime', /\.containerd$/, 'default_runtime_name'],
  ['cniPluginDirectory', /\.cni$/, 'bin_dir'],
  ['cniConfigDirectory', /\.cni$/, 'conf_dir'],
  ['registryConfigPath', /\.registry$/, 'config_path'],
  ['systemdCgroup', /\.runtimes\.[\w-]+\.options$/, 'SystemdCgroup'],
]

const runtimesOf = (stdout: string): readonly string[] | undefined => {
  const names = [...stdout.matchAll(/^[ \t]*\[.*\.runtimes\.([\w-]+)\][ \t]*$/gm)].map(
    match => match[1] ?? '',
  )
  return names.length === 0 ? undefined : names
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const entries = entriesOf(stdout)
  const found = fields.flatMap(([field, section, key]) => {
    const entry = entries.find(candidate => candidate.key === key && section.test(candidate.section))
    return entry === undefined ? [] : [[field, entry.value] as const]
  })
  const value = record({ ...Object.fromEntries(found), runtimes: runtimesOf(stdout) })
  return Object.keys(value).length === 0 ? nothing : singleFact('containerdConfig', { line: 1, value })
}

/** containerd's configuration: `cat /etc/containerd/config.toml`, `containerd config dump|default`, formats 1 to 3. */
export const containerdConfig: Parser = {
  name: 'containerd-config',
  gives: ['containerdConfig'],
  recognises: argv =>
    shows(argv, /containerd\/\S*\.toml(?:\.tmpl)?$/) || (argv[0] === 'containerd' && argv[1] === 'config'),
  recognisesText: text => /^[ \t]*\[plugins(?:\.["']?io\.containerd|\.cri)/m.test(text),
  parse,
}
