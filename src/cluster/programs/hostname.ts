import { addressesOf } from '../relations/find-machine.ts'
import { hostnameOf, setHostname } from '../relations/hostname.ts'
import { resolveName } from '../relations/resolve-name.ts'
import { type Call, everywhere, type Program, type Reply } from '../shell/program.ts'
import { readFileText } from './files/read-file.ts'

const USAGE = `Usage: hostname [-b] {hostname|-F file}         set host name (from file)
       hostname [-a|-A|-d|-f|-i|-I|-s|-y]       display formatted name
       hostname                                 display host name
`

const LONG: Readonly<Record<string, string>> = {
  '--fqdn': '-f',
  '--long': '-f',
  '--short': '-s',
  '--domain': '-d',
  '--ip-address': '-i',
  '--all-ip-addresses': '-I',
  '--all-fqdns': '-A',
  '--alias': '-a',
  '--file': '-F',
  '--boot': '-b',
}

/** The whole name: only what the machine was set up as has a domain. */
const wholeNameOf = ({ machine }: Call): string =>
  hostnameOf(machine) === machine.name ? `${machine.name}.example.internal` : hostnameOf(machine)

const assign = ({ machine, user, name: tool }: Call, wanted: string): Reply => {
  if (user !== 'root') return { stderr: `${tool}: you must be root to change the host name\n`, exit: 1 }
  if (!/^[A-Za-z0-9]([A-Za-z0-9.-]{0,62}[A-Za-z0-9])?$/.test(wanted))
    return { stderr: `${tool}: the specified hostname is invalid\n`, exit: 1 }
  setHostname(machine, wanted)
  return {}
}

const fromFile = (call: Call, path: string): Reply => {
  const file = readFileText(call, path)
  return 'error' in file
    ? { stderr: `${call.name}: ${file.error}\n`, exit: 1 }
    : assign(call, file.text.split('\n').find(line => line !== '' && !line.startsWith('#')) ?? '')
}

const shown = (call: Call, option: string): string | undefined => {
  const { machine, world } = call
  const name = hostnameOf(machine)
  if (option === '-f' || option === '-A') return wholeNameOf(call)
  if (option === '-s') return name.split('.')[0]
  if (option === '-d') return wholeNameOf(call).split('.').slice(1).join('.')
  if (option === '-a' || option === '-y') return ''
  if (option === '-I') return `${addressesOf(machine).join(' ')} `
  if (option !== '-i') return undefined
  const found = resolveName(world, machine, name)
  return found.kind === 'found' ? found.address : undefined
}

/** hostname(1): what the machine calls itself, or a new name for it until the next boot. */
export const hostname: Program = {
  names: ['hostname'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const args = call.args.map(arg => LONG[arg] ?? arg).filter(arg => arg !== '-b')
    const [first] = args
    if (first === undefined) return { stdout: `${hostnameOf(call.machine)}\n` }
    if (first === '-F') return fromFile(call, args[1] ?? '')
    if (!first.startsWith('-')) return assign(call, first)
    const text = shown(call, first)
    if (text !== undefined) return { stdout: text === '' ? '' : `${text}\n` }
    if (first === '-i') return { stderr: 'hostname: Name or service not known\n', exit: 1 }
    const complaint = first.startsWith('--')
      ? `unrecognized option '${first}'`
      : `invalid option -- '${first.slice(1)}'`
    return { stderr: `hostname: ${complaint}\n${USAGE}`, exit: 255 }
  },
}
