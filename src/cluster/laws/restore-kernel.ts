import { nodeAt, readText } from '../files/file-tree.ts'
import { sizeOf } from '../files/tree-totals.ts'
import { emptyFirewall } from '../network/empty-firewall.ts'
import {
  attachFilesystem,
  detachFilesystem,
  filesystemFor,
  isLasting,
  isShare,
} from '../relations/attach-filesystem.ts'
import { type FstabEntry, readFstab } from '../relations/fstab.ts'
import { insteadOfModule, isBlacklisted } from '../relations/module-settings.ts'
import { hangsOn } from '../relations/remote-mounts.ts'
import { lastingSysctls } from '../relations/sysctl-files.ts'
import { setSysctl } from '../relations/sysctls.ts'
import type { KernelModule, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { createModules, createSysctls } from '../worlds/node/kernel-state.ts'

/** Modules that nothing loads by itself: files name them, or a unit asks for them. */
const asked = new Set(['br_netfilter', 'overlay', 'bridge', 'stp', 'llc'])
const needs: Readonly<Record<string, readonly string[]>> = { br_netfilter: ['bridge', 'stp', 'llc'] }

const namedIn = (text: string): readonly string[] =>
  text.split('\n').flatMap(line => /^\s*([\w-]+)/.exec(line)?.[1]?.replaceAll('-', '_') ?? [])

/** The modules that a boot loads: what the hardware and the network need, and what files name. */
const modulesOf = ({ files }: Machine): readonly KernelModule[] => {
  const paths = [...files.keys()].filter(path => /^\/etc\/modules-load\.d\/.*\.conf$/.test(path))
  const named = [...paths, '/etc/modules'].flatMap(path => namedIn(readText(files, path) ?? ''))
  // systemd-modules-load passes over what modprobe's settings keep away.
  const allowed = named.filter(
    name => insteadOfModule(files, name) === undefined && !isBlacklisted(files, name),
  )
  const wanted = new Set(allowed.flatMap(name => [name, ...(needs[name] ?? [])]))
  const usual = createModules().filter(({ name }) => !asked.has(name) || wanted.has(name))
  const more = [...wanted].filter(name => !usual.some(module => module.name === name))
  const all = [...more.map(name => ({ name, sizeBytes: 32_768, usedBy: [] })), ...usual]
  const names = new Set(all.map(({ name }) => name))
  return all.map(module => ({ ...module, usedBy: module.usedBy.filter(user => names.has(user)) }))
}

const restoreSysctls = (machine: Machine): void => {
  machine.sysctls.clear()
  for (const [key, value] of createSysctls(machine.memoryBytes, machine.os)) machine.sysctls.set(key, value)
  setSysctl(machine, 'net.ipv4.ip_forward', '0')
  for (const { key, value } of lastingSysctls(machine)) setSysctl(machine, key, value)
}

const restoreLinks = (machine: Machine): void => {
  machine.interfaces = machine.interfaces.filter(({ kind }) => kind === 'loopback' || kind === 'ethernet')
  machine.routes = []
  delete machine.routeTables
  delete machine.routingRules
  delete machine.neighbours
  for (const device of machine.interfaces) {
    delete device.queue
    if (device.kind === 'ethernet') Object.assign(device, { isUp: false, addresses: [] })
    else device.isUp = true
  }
}

const mountMissing = (world: World, machine: Machine, entries: readonly FstabEntry[]): void => {
  for (const { options, ...entry } of entries) {
    const isReadOnly = options.includes('ro')
    const mounted = machine.filesystems.find(({ mount }) => mount === entry.mount)
    if (mounted !== undefined) mounted.isReadOnly = isReadOnly || mounted.error !== undefined
    else if (!options.includes('noauto')) {
      const filesystem = filesystemFor(world, machine, { ...entry, isReadOnly })
      if (!hangsOn(world, machine, filesystem)) attachFilesystem(machine, filesystem)
    }
  }
}

const restoreDisks = (world: World, machine: Machine): void => {
  const entries = readFstab(machine)
  if (machine.virtualization !== 'lxc')
    for (const each of machine.filesystems.filter(
      ({ device, mount }) =>
        mount !== '/' &&
        !entries.some(entry => entry.mount === mount) &&
        (isLasting(device) || !/^\/(run|dev)(\/|$)/.test(mount)),
    ))
      detachFilesystem(machine, each)
  mountMissing(
    world,
    machine,
    entries.filter(({ device, type }) => device.startsWith('/dev/') && type !== 'swap'),
  )
  machine.swap = entries.flatMap(({ device, type }) => {
    if (type !== 'swap') return []
    const known = machine.swap.find(({ file }) => file === device)
    const node = nodeAt(machine.files, device)
    const sizeBytes = known?.sizeBytes ?? (node === undefined ? 0 : sizeOf(node))
    return sizeBytes === 0 ? [] : [{ file: device, sizeBytes, usedBytes: 0 }]
  })
}

/** Mounts the shares of other hosts that a machine's files list, once its network is there. */
export const mountShares = (world: World, machine: Machine): void =>
  mountMissing(
    world,
    machine,
    readFstab(machine).filter(({ device }) => isShare(device)),
  )

/**
 * Leaves of what was set in a machine's kernel only what its files say: parameters, modules, packet filter, routes, mounts, swap. Its
 * interfaces stay down until the daemon that knows their settings starts. The modules and the disks of a container are its host's.
 */
export const restoreKernel = (world: World, machine: Machine): void => {
  if (machine.virtualization !== 'lxc') machine.modules = [...modulesOf(machine)]
  restoreSysctls(machine)
  machine.firewall = emptyFirewall(machine.firewall.firewalldPermanent)
  restoreLinks(machine)
  restoreDisks(world, machine)
}
