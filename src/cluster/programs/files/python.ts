import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { readInputs } from './inputs.ts'

/** A Python as a distribution has it: its releases differ in what `json.tool` does with keys, and where a version is told. */
type Python = { readonly version: string; readonly sortsKeys: boolean; readonly noJson: string }

const python2: Python = {
  version: 'Python 2.7.5',
  sortsKeys: true,
  noJson: 'No JSON object could be decoded',
}
const python3: Python = {
  version: 'Python 3.10.12',
  sortsKeys: false,
  noJson: 'Expecting value: line 1 column 1 (char 0)',
}

const withSortedKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withSortedKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, part]) => [name, withSortedKeys(part)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What is beyond ASCII, one unit of UTF-16 at a time. */
const beyondAscii = /[\u0080-\uffff]/g

/** `python -m json.tool [--sort-keys] [FILE]`. */
const prettyJson = (call: Call, args: readonly string[], { sortsKeys, noJson }: Python): Reply => {
  const files = args.filter(word => !word.startsWith('-'))
  const { inputs, stderr, exit } = readInputs(call, files)
  if (exit !== 0) return { stderr, exit: 1 }
  try {
    const read: unknown = JSON.parse(inputs.map(({ text }) => text).join(''))
    const shown = sortsKeys || args.includes('--sort-keys') ? withSortedKeys(read) : read
    const text = JSON.stringify(shown, undefined, 4).replace(
      beyondAscii,
      unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    return { stdout: `${text}\n` }
  } catch {
    return { stderr: `${noJson}\n`, exit: 1 }
  }
}

const program = (names: readonly [string, ...string[]], python: Python, system: string): Program => ({
  names,
  isInstalled: post => onMachines(post) && post.machine.os.id === system,
  run: (call): Reply => {
    const [first, second, ...rest] = call.args
    if (first === '-V' || first === '--version')
      return python.sortsKeys ? { stderr: `${python.version}\n` } : { stdout: `${python.version}\n` }
    if (first === '-m' && second === 'json.tool') return prettyJson(call, rest, python)
    return { stderr: `${names[0]}: nothing but -m json.tool runs here\n`, exit: 1 }
  },
})

/** Python, of which people use `-m json.tool`: the one that yum needs, and that of Ubuntu. */
export const pythons: readonly Program[] = [
  program(['python', 'python2', 'python2.7'], python2, 'centos'),
  program(['python3', 'python3.10'], python3, 'ubuntu'),
]
