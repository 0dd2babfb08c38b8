import { orderSysctl } from '../../relations/order-sysctl.ts'
import { readAssignment, sysctlFiles, sysctlLines } from '../../relations/sysctl-files.ts'
import { sysctlsOf } from '../../relations/sysctls.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { readFileText } from '../files/read-file.ts'

const pathOf = (key: string): string => `/proc/sys/${key.replaceAll('.', '/')}`
const missing = (key: string): string => `sysctl: cannot stat ${pathOf(key)}: No such file or directory`

const assign = (
  { world, host, user }: Call,
  word: string,
): { readonly line?: string; readonly error?: string } => {
  const { key, value } = readAssignment(word)
  if (user !== 'root') return { error: `sysctl: permission denied on key "${key}"` }
  const problem = orderSysctl(world, host, { key, value, program: 'sysctl', pid: host.nextPid })
  if (problem === 'No such file or directory') return { error: missing(key) }
  if (problem !== undefined) return { error: `sysctl: setting key "${key}": ${problem}` }
  return { line: `${key} = ${value}` }
}

const filesToLoad = (call: Call): readonly string[] => {
  const named = call.args.filter(
    (arg, at) => !arg.startsWith('-') && /^(-p|--load)$/.test(call.args[at - 1] ?? ''),
  )
  if (named.length > 0) return named
  if (!call.args.includes('--system')) return ['/etc/sysctl.conf']
  return sysctlFiles(call.host)
}

const load = (call: Call): Reply => {
  const lines: string[] = []
  const errors: string[] = []
  for (const path of filesToLoad(call)) {
    const file = readFileText(call, path)
    if (call.args.includes('--system')) lines.push(`* Applying ${path} ...`)
    if ('error' in file) errors.push(`sysctl: cannot open "${path}": ${file.error}`)
    else
      for (const setting of sysctlLines(file.text)) {
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
    const all = sysctlsOf(call.host)
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
