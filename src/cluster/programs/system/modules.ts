import { insteadOfModule } from '../../relations/module-settings.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import type { Machine } from '../../world/machine.ts'

const isRunning = ({ state }: { readonly state: string }): boolean => state === 'running'

/** The mounts of layers that containers and sandboxes of a machine hold. */
const layeredMounts = ({ runtime, planet }: Machine): number =>
  [runtime, planet?.runtime].reduce(
    (sum, each) =>
      sum +
      (each?.containers.filter(isRunning).length ?? 0) +
      (each?.sandboxes.filter(({ state }) => state === 'ready').length ?? 0),
    0,
  )

/** lsmod(8). */
export const lsmod: Program = {
  names: ['lsmod'],
  isInstalled: onMachines,
  run: ({ host }): Reply => ({
    stdout: asText([
      'Module                  Size  Used by',
      ...host.modules.map(
        ({ name, sizeBytes, usedBy }) =>
          `${name.padEnd(19)} ${String(sizeBytes).padStart(8)}  ${usedBy.length + (name === 'overlay' ? layeredMounts(host) : 0)}${usedBy.length > 0 ? ` ${usedBy.join(',')}` : ''}`,
      ),
    ]),
  }),
}

/** Modules that the kernel has though they are not loaded. */
const known =
  /^(overlay|br_netfilter|bridge|nf_conntrack|ip_vs(_\w+)?|vxlan|ipip|ip6?_tables|ip6?table_\w+|xt_\w+|nf_\w+|nft_\w+|ip_set\w*|dummy|wireguard|nfs|nfsv4|sctp|softdog|rbd|ceph|dm_\w+|veth|tun|openvswitch|loop|xfs|btrfs|cifs|kvm\w*|8021q|bonding|configfs|target_core_mod|iscsi_tcp)$/

type Asked = { readonly host: Machine; readonly name: string; readonly names: readonly string[] }

const folderOf = ({ os }: Machine): string => `/lib/modules/${os.kernel}`

/** Modules that the kernel itself has use for now, though no other module has: file systems of containers. */
const isHeld = (host: Machine, module: string): boolean => module === 'overlay' && layeredMounts(host) > 0

/** A kind of interface goes with its module, and what was routed over it. */
const dropInterfaces = (host: Machine, module: string): void => {
  const called = { '8021q': 'vlan', bonding: 'bond' }[module] ?? module
  const gone = new Set(host.interfaces.filter(({ kind }) => kind === called).map(({ name }) => name))
  host.interfaces = host.interfaces.filter(({ name }) => !gone.has(name))
  host.routes = host.routes.filter(({ device }) => !gone.has(device))
}

const unload = ({ host, name, names: [module = ''] }: Asked): Reply => {
  const loaded = host.modules.find(each => each.name === module)
  const isRmmod = name === 'rmmod'
  if (loaded === undefined)
    return {
      stderr: isRmmod
        ? `rmmod: ERROR: Module ${module} is not currently loaded\n`
        : `modprobe: FATAL: Module ${module} not found in directory ${folderOf(host)}\n`,
      exit: 1,
    }
  if (loaded.usedBy.length > 0 || isHeld(host, module))
    return {
      stderr: isRmmod
        ? `rmmod: ERROR: Module ${module} is in use${loaded.usedBy.length > 0 ? ` by: ${loaded.usedBy.join(' ')}` : ''}\n`
        : `modprobe: FATAL: Module ${module} is in use.\n`,
      exit: 1,
    }
  if (host.virtualization === 'lxc')
    return { stderr: `${name}: ERROR: could not remove '${module}': Operation not permitted\n`, exit: 1 }
  dropInterfaces(host, module)
  host.modules = host.modules.filter(each => each !== loaded)
  for (const other of host.modules) other.usedBy = other.usedBy.filter(user => user !== module)
  return {}
}

const load = ({ host, names }: Asked): Reply => {
  for (const wanted of names) {
    if (host.modules.some(each => each.name === wanted)) continue
    if (host.virtualization === 'lxc' || !known.test(wanted))
      return {
        stderr: `modprobe: FATAL: Module ${wanted} not found in directory ${folderOf(host)}\n`,
        exit: 1,
      }
    const instead = insteadOfModule(host.files, wanted)
    if (instead !== undefined) {
      if (/(^|\/)(true|:)$/.test(instead)) continue
      return {
        stderr: `modprobe: ERROR: ../libkmod/libkmod-module.c:990 command_do() Error running install command '${instead}' for module ${wanted}: retcode 1\nmodprobe: ERROR: could not insert '${wanted}': Invalid argument\n`,
        exit: 1,
      }
    }
    host.modules.unshift({ name: wanted, sizeBytes: 32_768, usedBy: [] })
  }
  return { tookMs: 60 }
}

const inform = ({ host, names: [module = ''] }: Asked): Reply =>
  known.test(module) || host.modules.some(each => each.name === module)
    ? {
        stdout: asText([
          `filename:       ${folderOf(host)}/kernel/${module}.ko`,
          'license:        GPL',
          `name:           ${module}`,
          `vermagic:       ${host.os.kernel} SMP mod_unload modversions `,
        ]),
      }
    : { stderr: `modinfo: ERROR: Module ${module} not found.\n`, exit: 1 }

/** modprobe(8), rmmod(8), modinfo(8) and depmod(8). */
export const modprobe: Program = {
  names: ['modprobe', 'rmmod', 'modinfo', 'depmod'],
  isInstalled: onMachines,
  run: ({ host, name, args, user }): Reply => {
    const names = args.filter(arg => !arg.startsWith('-')).map(arg => arg.replaceAll('-', '_'))
    if (name === 'depmod') return { tookMs: 900 }
    if (names.length === 0) return { stderr: `${name}: ERROR: missing module name.\n`, exit: 1 }
    if (name === 'modinfo') return inform({ host, name, names })
    if (user !== 'root')
      return { stderr: `${name}: ERROR: could not insert '${names[0]}': Operation not permitted\n`, exit: 1 }
    const isUnloading = name === 'rmmod' || args.includes('-r') || args.includes('--remove')
    return isUnloading
      ? unload({ host, name, names })
      : load({ host, name, names: args.includes('-a') ? names : names.slice(0, 1) })
  },
}
