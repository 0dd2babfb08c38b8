import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { readFileText } from '../files/read-file.ts'

/** Parameters that exist only while a module is loaded. */
const parameterModules: readonly (readonly [RegExp, string])[] = [
  [/^net\.bridge\./, 'br_netfilter'],
  [/^net\.netfilter\.nf_conntrack/, 'nf_conntrack'],
]

/** The parameters that a machine has now: those of a module only while it is loaded. */
export const sysctlsOf = ({ host }: Pick<Call, 'host'>): ReadonlyMap<string, string> => {
  const loaded = new Set(host.modules.map(({ name }) => name))
  const count = String(host.trackedConnections + 180 + (host.runtime?.containers.length ?? 0) * 6)
  const all = new Map([
    ...host.sysctls,
    ['net.netfilter.nf_conntrack_count', count],
    ['kernel.hostname', host.name],
    ['kernel.osrelease', host.os.kernel],
  ])
  return new Map(
    [...all]
      .filter(([key]) =>
        parameterModules.every(([pattern, module]) => !pattern.test(key) || loaded.has(module)),
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

const pathOf = (key: string): string => `/proc/sys/${key.replaceAll('.', '/')}`
const missing = (key: string): string => `sysctl: cannot stat ${pathOf(key)}: No such file or directory`

const assign = ({ host, user }: Call, word: string): { readonly line?: string; readonly error?: string } => {
  const at = word.indexOf('=')
  const key = word.slice(0, at).trim().replaceAll('/', '.')
  const value = word.slice(at + 1).trim()
  if (!sysctlsOf({ host }).has(key)) return { error: missing(key) }
  if (user !== 'root') return { error: `sysctl: permission denied on key "${key}"` }
  if (/^(net\.netfilter\.nf_conntrack_count|kernel\.osrelease)$/.test(key))
    return { error: `sysctl: setting key "${key}": Permission denied` }
  host.sysctls.set(key, value)
  if (key === 'net.ipv4.ip_forward') host.sysctls.set('net.ipv4.conf.all.forwarding', value)
  return { line: `${key} = ${value}` }
}

const settingsIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .map(line => line.trim().replace(/^-/, ''))
    .filter(line => /^[\w.\-/]+\s*=/.test(line))

const filesToLoad = (call: Call): readonly string[] => {
  const named = call.args.filter(
    (arg, at) => !arg.startsWith('-') && /^(-p|--load)$/.test(call.args[at - 1] ?? ''),
  )
  if (named.length > 0) return named
  if (!call.args.includes('--system')) return ['/etc/sysctl.conf']
  const folder = '/etc/sysctl.d'
  return [
    ...[...call.host.files.keys()].filter(path => path.startsWith(`${folder}/`)).sort(),
    '/etc/sysctl.conf',
  ]
}

const load = (call: Call): Reply => {
  const lines: string[] = []
  const errors: string[] = []
  for (const path of filesToLoad(call)) {
    const file = readFileText(call, path)
    if (call.args.includes('--system')) lines.push(`* Applying ${path} ...`)
    if ('error' in file) errors.push(`sysctl: cannot open "${path}": ${file.error}`)
    else
      for (const setting of settingsIn(file.text)) {
        const { line, error } = assign(call, setting)
        if (line !== undefined) lines.push(line)
        if (error !== undefined) errors.push(error)
      }
  }
  return { stdout: asText(lines), stderr: asText(errors), exit: errors.length > 0 ? 255 : 0 }
}

/** sysctl(8). */
export const sysctl: Program = {
  names: ['sysctl'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const { args } = call
    if (args.some(arg => /^(-p|--load|--system)/.test(arg))) return load(call)
    const all = sysctlsOf(call)
    const letters = args.filter(arg => /^-[a-zA-Z]+$/.test(arg)).join('')
    const shows = (key: string, value: string): string =>
      letters.includes('n') ? value : letters.includes('N') ? key : `${key} = ${value}`
    if (/[aAX]/.test(letters) || args.includes('--all')) {
      const pattern = args.includes('-r') ? new RegExp(args[args.indexOf('-r') + 1] ?? '') : /./
      return {
        stdout: asText(
          [...all].filter(([key]) => pattern.test(key)).map(([key, value]) => shows(key, value)),
        ),
      }
    }
    const lines: string[] = []
    const errors: string[] = []
    for (const word of args.filter(arg => !arg.startsWith('-'))) {
      const key = word.replaceAll('/', '.')
      if (word.includes('=')) {
        const { line, error } = assign(call, word)
        if (line !== undefined && !letters.includes('q')) lines.push(line)
        if (error !== undefined) errors.push(error)
        continue
      }
      const matches = [...all].filter(([name]) => name === key || name.startsWith(`${key}.`))
      if (matches.length === 0) errors.push(missing(key))
      lines.push(...matches.map(([name, value]) => shows(name, value)))
    }
    return { stdout: asText(lines), stderr: asText(errors), exit: errors.length > 0 ? 255 : 0 }
  },
}
