import { trackedOf } from '../network/conntrack-use.ts'
import { uuidOf } from '../text/uuid-of.ts'
import type { Machine } from '../world/machine.ts'
import { HOSTNAME_KEY, hostnameOf, setHostname } from './hostname.ts'
import { processesOf } from './processes.ts'

/** Parameters that exist only while a module is loaded. */
const parameterModules: readonly (readonly [RegExp, string])[] = [
  [/^net\.bridge\./, 'br_netfilter'],
  [/^net\.netfilter\.nf_conntrack/, 'nf_conntrack'],
]

/** Open files on a machine, all processes together. */
export const openFileCount = (machine: Machine): number =>
  processesOf({ nowMs: machine.bootedMs }, machine).reduce((sum, { openFiles }) => sum + openFiles, 640)

/** What the kernel counts itself and nobody may set. */
const counted = (machine: Machine): readonly (readonly [string, string])[] => [
  ['fs.file-nr', `${openFileCount(machine)}\t0\t${machine.sysctls.get('fs.file-max') ?? '0'}`],
  ['kernel.osrelease', machine.os.kernel],
  ['kernel.random.boot_id', uuidOf(machine.bootId)],
  ['net.netfilter.nf_conntrack_count', String(trackedOf(machine))],
]

const ALL = 'net.ipv4.conf.all.'

/** What the kernel has of each interface beside what it has of all: as it was set, or as a new interface begins. */
const ofInterfaces = ({ interfaces, sysctls }: Machine): readonly (readonly [string, string])[] =>
  [...sysctls.keys()]
    .filter(key => key.startsWith(ALL))
    .flatMap(key => {
      const name = key.slice(ALL.length)
      const usual = sysctls.get(`net.ipv4.conf.default.${name}`) ?? sysctls.get(key) ?? '0'
      return interfaces.map(device => {
        const own = `net.ipv4.conf.${device.name}.${name}`
        return [own, sysctls.get(own) ?? usual] as const
      })
    })

/** The kernel parameters that a machine has now, by name: those of a module only while it is loaded. */
export const sysctlsOf = (machine: Machine): ReadonlyMap<string, string> => {
  const loaded = new Set(machine.modules.map(({ name }) => name))
  return new Map(
    [
      ...machine.sysctls,
      ...ofInterfaces(machine),
      [HOSTNAME_KEY, hostnameOf(machine)] as const,
      ...counted(machine),
    ]
      .filter(([key]) =>
        parameterModules.every(([pattern, module]) => !pattern.test(key) || loaded.has(module)),
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

const forwarding = ['net.ipv4.ip_forward', 'net.ipv4.conf.all.forwarding']

/** Sets a parameter; the errno's text where the kernel would not take it. */
export const setSysctl = (machine: Machine, key: string, value: string): string | undefined => {
  if (!sysctlsOf(machine).has(key)) return 'No such file or directory'
  if (counted(machine).some(([name]) => name === key)) return 'Permission denied'
  if (key === HOSTNAME_KEY) {
    setHostname(machine, value)
    return undefined
  }
  const isNumber = /^-?\d+$/.test(machine.sysctls.get(key) ?? '')
  if (isNumber && !/^-?\d+$/.test(value)) return 'Invalid argument'
  machine.sysctls.set(key, value)
  // One setting of the kernel with two names.
  if (forwarding.includes(key)) for (const name of forwarding) machine.sysctls.set(name, value)
  return undefined
}
