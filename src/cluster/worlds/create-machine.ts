import { chanceHex } from '../chance.ts'
import { createFileTree, writeText } from '../files/file-tree.ts'
import { makeTemporary } from '../relations/make-temporary.ts'
import { makePrivate } from '../systemd/private-folders.ts'
import type { Machine, MachineRole, OperatingSystem } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { preparedMs, writeBaseFiles } from './node/base-files.ts'
import { centosUnits } from './node/centos-units.ts'
import { createContainerFilesystems, createDevices, createFilesystems, hostDisk } from './node/disks.ts'
import { installUnits } from './node/install-units.ts'
import { createContainerEthernet, createEthernet, createLoopback } from './node/interfaces.ts'
import { createModules, createSysctls, nodeSettings } from './node/kernel-state.ts'
import { serverUnits } from './node/server-units.ts'
import { timerUnits } from './node/timer-units.ts'
import type { UnitSetup } from './node/unit-setup.ts'

/** What tells one machine from another. */
export type MachineSetup = {
  readonly name: string
  readonly role: MachineRole
  readonly address: string
  readonly cores: number
  readonly memoryGiB: number
  readonly bootedMs: number
  readonly index: number
  /** The units beyond those of every server: Kubernetes, agents. */
  readonly units?: readonly UnitSetup[]
  readonly os?: OperatingSystem
  readonly virtualization?: Machine['virtualization']
}

const KIB = 1024
/** Memory comes in pages. */
const PAGE_KIB = 4

const ubuntu: OperatingSystem = {
  id: 'ubuntu',
  name: 'Ubuntu',
  prettyName: 'Ubuntu 22.04.4 LTS',
  version: '22.04.4 LTS (Jammy Jellyfish)',
  versionId: '22.04',
  kernel: '5.15.0-112-generic',
  kernelVersion: '#122-Ubuntu SMP Thu May 23 07:48:21 UTC 2024',
}

const createInterfaces = (
  { virtualization, address, index }: MachineSetup,
  os: OperatingSystem,
): Machine['interfaces'] => [
  createLoopback(),
  virtualization === 'lxc' ? createContainerEthernet(address, index) : createEthernet(address, index, os.id),
]

/** A machine that was just made: hardware and kernel, no files and no units. */
const createBare = (world: Pick<World, 'chanceState'>, setup: MachineSetup): Machine => {
  const os = setup.os ?? ubuntu
  const memoryBytes = Math.round((setup.memoryGiB * KIB ** 2 * 0.976) / PAGE_KIB) * PAGE_KIB * KIB
  const filesystems =
    setup.virtualization === 'lxc'
      ? createContainerFilesystems(memoryBytes, setup.index)
      : createFilesystems(setup.role, memoryBytes, os.id)
  return {
    name: setup.name,
    role: setup.role,
    os,
    isPowered: true,
    startsMs: undefined,
    virtualization: setup.virtualization ?? 'kvm',
    bootId: chanceHex(world, 32),
    machineId: chanceHex(world, 32),
    bootedMs: setup.bootedMs,
    clockOffsetMs: 0,
    isTimeSynchronized: true,
    timezone: 'Etc/UTC',
    cpu: { cores: setup.cores, model: 'Intel(R) Xeon(R) Gold 6230 CPU @ 2.10GHz' },
    memoryBytes,
    swap: [],
    load: [0.2, 0.25, 0.22],
    filesystems,
    devices: setup.virtualization === 'lxc' ? [hostDisk()] : createDevices(filesystems),
    files: createFileTree(),
    units: new Map(),
    journal: [],
    kernelRing: [],
    dmesgClearedMs: undefined,
    syslogMs: undefined,
    processes: [],
    nextPid: 480 + setup.index * 7,
    sysctls: createSysctls(memoryBytes, os),
    modules: createModules(),
    interfaces: createInterfaces(setup, os),
    routes: [],
    firewall: {
      filter: [],
      nat: [],
      mangle: [],
      firewalld: [],
      firewalldPermanent: [],
      serviceRules: { signature: '', atMs: 0 },
    },
    runtime: undefined,
    environment: {},
    selinux: 'disabled',
    planet: undefined,
  }
}

/** Units of hardware that a container leaves to its host. */
const ofHosts =
  /^(multipathd|qemu-guest-agent|irqbalance|udisks2|systemd-udev|lvm2|blk-availability|setvtrgb)/

/** What a boot starts before all other services, so that these have the lowest numbers. */
const isEarly = ({ name }: UnitSetup): boolean => /^systemd-(journald|udevd)\b/.test(name)

const unitsFor = ({ os, virtualization }: Machine): readonly UnitSetup[] => {
  const all = (os.id === 'centos' ? centosUnits : [...serverUnits, ...timerUnits]).filter(
    ({ name }) => virtualization !== 'lxc' || !ofHosts.test(name),
  )
  return [...all.filter(isEarly), ...all.filter(unit => !isEarly(unit))]
}

/** A server with its disks, files, kernel, units and one interface, set up to run containers. */
export const createMachine = (world: Pick<World, 'chanceState'>, setup: MachineSetup): Machine => {
  const machine = createBare(world, setup)
  writeBaseFiles(machine)
  for (const [path, text] of Object.entries(nodeSettings))
    writeText(machine.files, path, { text, mtimeMs: preparedMs(machine) })
  installUnits(machine, [...unitsFor(machine), ...(setup.units ?? [])])
  makeTemporary(machine)
  for (const unit of machine.units.values())
    if (unit.active === 'active') makePrivate({ machine, unit, atMs: machine.bootedMs })
  machine.nextPid += 1_400
  return machine
}
