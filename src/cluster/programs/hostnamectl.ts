import { readText, writeText } from '../files/file-tree.ts'
import { writeJournal } from '../journal/write-journal.ts'
import { hostnameOf, setHostname } from '../relations/hostname.ts'
import { systemdVersionOf } from '../relations/system-version.ts'
import { type Call, onMachines, type Program, type Reply } from '../shell/program.ts'
import { asText } from '../text/columns.ts'

const staticNameOf = ({ machine }: Call): string => readText(machine.files, '/etc/hostname')?.trim() ?? ''

/** What remains of a name when what a host name may not have is left out. */
const clean = (text: string): string => text.replace(/[^A-Za-z0-9.-]/g, '').replace(/^[.-]+|[.-]+$/g, '')

const tell = ({ world, machine }: Call, message: string): void =>
  writeJournal(machine, {
    atMs: world.nowMs,
    identifier: 'systemd-hostnamed',
    unit: 'systemd-hostnamed.service',
    pid: 1_870,
    message,
  })

const keepStatic = (call: Call, name: string): void => {
  writeText(call.machine.files, '/etc/hostname', { text: `${name}\n`, mtimeMs: call.world.nowMs })
  tell(call, `Changed static hostname to '${name}'`)
}

/** Sets the name that lasts, the one until the next boot, or both, and keeps a name for people beside. */
const assign = (call: Call, wanted: string): Reply => {
  const { machine, args, user, world } = call
  if (user !== 'root')
    return { stderr: 'Could not set static hostname: Interactive authentication required.\n', exit: 1 }
  const which = (['static', 'transient', 'pretty'] as const).filter(kind => args.includes(`--${kind}`))
  const all = which.length === 0
  const name = clean(wanted)
  if (name === '' || (!all && !which.includes('pretty') && name !== wanted))
    return { stderr: `Could not set static hostname: Invalid static hostname '${wanted}'\n`, exit: 1 }
  if (which.includes('pretty') || (all && name !== wanted))
    writeText(machine.files, '/etc/machine-info', {
      text: `PRETTY_HOSTNAME="${wanted}"\n`,
      mtimeMs: world.nowMs,
    })
  if (all || which.includes('static')) keepStatic(call, name)
  if (all || which.includes('transient')) {
    setHostname(machine, name)
    tell(call, `Hostname set to <${name}> (${all ? 'static' : 'transient'})`)
  }
  return { tookMs: 200 }
}

const status = (call: Call): Reply => {
  const { machine } = call
  const isContainer = machine.virtualization === 'lxc'
  const isOld = systemdVersionOf(machine) < 240
  const pretty = /^PRETTY_HOSTNAME="?([^"\n]*)/m.exec(readText(machine.files, '/etc/machine-info') ?? '')?.[1]
  const lasting = staticNameOf(call)
  const now = hostnameOf(machine)
  const rows: readonly (readonly [string, string])[] = [
    ['Static hostname', lasting === '' ? '(unset)' : lasting],
    ...(now === lasting ? [] : [['Transient hostname', now] as const]),
    ...(pretty === undefined ? [] : [['Pretty hostname', pretty] as const]),
    ['Icon name', isContainer ? 'computer-container' : 'computer-vm'],
    ['Chassis', isContainer ? 'container' : 'vm'],
    ['Machine ID', machine.machineId],
    ['Boot ID', machine.bootId],
    ['Virtualization', machine.virtualization],
    ['Operating System', machine.os.prettyName],
    ...(machine.os.id === 'centos' ? [['CPE OS Name', 'cpe:/o:centos:centos:7'] as const] : []),
    ['Kernel', `Linux ${machine.os.kernel}`],
    ['Architecture', 'x86-64'],
    ...(isOld
      ? []
      : [
          ['Hardware Vendor', 'QEMU'] as const,
          ['Hardware Model', 'Standard PC _Q35 + ICH9, 2009_'] as const,
        ]),
  ]
  const width = Math.max(isOld ? 18 : 16, ...rows.map(([label]) => label.length))
  return { stdout: asText(rows.map(([label, value]) => `${label.padStart(width)}: ${value}`)) }
}

/** hostnamectl(1). */
export const hostnamectl: Program = {
  names: ['hostnamectl'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const { args, machine } = call
    const [verb, wanted] = args.filter(arg => !arg.startsWith('-'))
    if (verb === undefined && args.includes('--static')) return { stdout: `${staticNameOf(call)}\n` }
    if (verb === undefined && args.includes('--transient')) return { stdout: `${hostnameOf(machine)}\n` }
    if (verb === undefined || verb === 'status') return status(call)
    if (verb !== 'hostname' && verb !== 'set-hostname')
      return { stderr: `Unknown command verb ${verb}.\n`, exit: 1 }
    if (wanted !== undefined) return assign(call, wanted)
    return verb === 'hostname'
      ? { stdout: `${staticNameOf(call)}\n` }
      : { stderr: 'Too few arguments.\n', exit: 1 }
  },
}
