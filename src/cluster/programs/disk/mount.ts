import { namesAt } from '../../files/look-up.ts'
import { resolvePath } from '../../files/paths.ts'
import { writeKernel } from '../../journal/write-journal.ts'
import {
  attachFilesystem,
  detachFilesystem,
  filesystemFor,
  isShare,
  type MountRequest,
  tmpfsSettings,
} from '../../relations/attach-filesystem.ts'
import { descriptorsOf } from '../../relations/descriptors.ts'
import { filesystemOf } from '../../relations/filesystem-use.ts'
import { type FstabEntry, readFstab } from '../../relations/fstab.ts'
import { mountOptions, mountsOf } from '../../relations/mounts.ts'
import { hangsOn } from '../../relations/remote-mounts.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'
import type { Filesystem } from '../../world/machine.ts'

const table: OptionTable = {
  a: 'all',
  all: 'all',
  t: 'type=',
  types: 'type=',
  o: 'options=',
  options: 'options=',
  r: 'read-only',
  'read-only': 'read-only',
  w: 'rw',
  rw: 'rw',
  B: 'bind',
  bind: 'bind',
  v: 'verbose',
  verbose: 'verbose',
  n: 'no-mtab',
  f: 'fake',
  l: 'show-labels',
  U: 'uuid=',
  L: 'label=',
  h: 'help',
  V: 'version',
}

const list = ({ world, machine }: Call, types: readonly string[] | undefined): Reply => ({
  stdout: asText(
    mountsOf(world, machine)
      .filter(({ type }) => types?.flatMap(t => t.split(',')).includes(type) !== false)
      .map(f => `${f.device} on ${f.mount} type ${f.type} (${mountOptions(f)})`),
  ),
})

/** Whether a process has a file on a filesystem open that it writes to; on the root there is always one. */
const isWrittenTo = ({ machine, world }: Call, filesystem: Filesystem): boolean =>
  filesystem.mount === '/' ||
  machine.unlinked?.some(({ path }) => filesystemOf(machine, path) === filesystem) === true ||
  descriptorsOf(world, machine).some(
    ({ mode, target }) =>
      mode !== 'r' && /^\/(?!dev\/)/.test(target) && filesystemOf(machine, target) === filesystem,
  )

const remount = (call: Call, words: readonly string[], options: readonly string[]): Reply => {
  const { machine, world } = call
  const filesystem = machine.filesystems.find(
    ({ mount, device }) => words.includes(mount) || words.includes(device),
  )
  if (filesystem === undefined)
    return { stderr: `mount: ${words[0] ?? ''}: mount point not mounted or bad option.\n`, exit: 32 }
  const isTighter = options.includes('ro') && !filesystem.isReadOnly
  if (isTighter && filesystem.error === undefined && isWrittenTo(call, filesystem))
    return { stderr: `mount: ${filesystem.mount}: mount point is busy.\n`, exit: 32 }
  if (options.includes('ro')) filesystem.isReadOnly = true
  if (options.includes('rw')) {
    if (filesystem.error !== undefined)
      return {
        stderr: `mount: ${filesystem.mount}: cannot remount ${filesystem.device} read-write, is write-protected.\n`,
        exit: 32,
      }
    filesystem.isReadOnly = false
  }
  if (filesystem.type === 'tmpfs' && options.some(option => /^(size|nr_inodes)=/.test(option)))
    Object.assign(filesystem, tmpfsSettings(machine, [...filesystem.options.split(','), ...options]))
  if (filesystem.type === 'ext4')
    writeKernel(machine, {
      atMs: world.nowMs,
      priority: 6,
      message: `EXT4-fs (${filesystem.device.replace('/dev/', '')}): re-mounted. Opts: (null). Quota mode: none.`,
    })
  return {}
}

const fromFstab = ({ machine }: Call, word: string): FstabEntry | undefined =>
  readFstab(machine).find(({ device, mount }) => device === word || mount === word)

const attach = (call: Call, request: MountRequest): Reply => {
  const { device, mount } = request
  const { machine, world, user } = call
  if (user !== 'root') return { stderr: 'mount: only root can use mount.\n', exit: 1 }
  if (machine.files.get(mount)?.kind !== 'directory')
    return { stderr: `mount: ${mount}: mount point does not exist.\n`, exit: 32 }
  if (machine.filesystems.some(f => f.device === device && f.mount === mount))
    return {
      stderr: isShare(device)
        ? `mount.nfs: ${mount} is busy or already mounted\n`
        : `mount: ${mount}: ${device} already mounted on ${mount}.\n`,
      exit: 32,
    }
  if (device.startsWith('/dev/') && !machine.devices.some(({ name }) => `/dev/${name}` === device))
    return { stderr: `mount: ${mount}: special device ${device} does not exist.\n`, exit: 32 }
  const filesystem = filesystemFor(world, machine, request)
  if (hangsOn(world, machine, filesystem))
    return { stderr: 'mount.nfs: Connection timed out\n', exit: 32, tookMs: 125_000 }
  attachFilesystem(machine, filesystem)
  return { tookMs: 120 }
}

const isAskedReadOnly = ({ options }: ReadOptions): boolean =>
  options.has('read-only') || options.get('options')?.some(o => o.split(',').includes('ro')) === true

/** mount(8): lists, mounts, remounts. */
export const mount: Program = {
  names: ['mount'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const read = readOptions(table, call.args)
    const problem = unknownOption('mount', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const { options, words } = read
    const asked = options.get('options')?.flatMap(list => list.split(',')) ?? []
    if (asked.includes('remount'))
      return remount(
        call,
        words.map(word => resolvePath(call.cwd, word)),
        asked,
      )
    if (words.length === 0) return options.has('all') ? mountAll(call) : list(call, options.get('type'))
    const [first = '', second] = words
    const known = second === undefined ? fromFstab(call, first) : undefined
    if (second === undefined && known === undefined)
      return { stderr: `mount: ${first}: can't find in /etc/fstab.\n`, exit: 1 }
    return attach(call, {
      device: known?.device ?? first,
      mount: known?.mount ?? resolvePath(call.cwd, second ?? ''),
      type: options.get('type')?.at(-1) ?? known?.type,
      isReadOnly: isAskedReadOnly(read) || known?.options.includes('ro') === true,
      options: [...(known?.options ?? []), ...asked],
    })
  },
}

const mountAll = (call: Call): Reply => {
  for (const entry of readFstab(call.machine)) {
    const { options } = entry
    if (entry.type === 'swap' || options.includes('noauto')) continue
    if (call.machine.filesystems.some(f => f.mount === entry.mount)) continue
    const reply = attach(call, { ...entry, isReadOnly: options.includes('ro') })
    if (reply.exit !== undefined) return reply
  }
  return {}
}

/** umount(8). What is in use stays, unless it is let go lazily or by force. */
export const umount: Program = {
  names: ['umount'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const { machine, world, args, cwd, user } = call
    if (user !== 'root') return { stderr: 'umount: only root can use umount.\n', exit: 1 }
    const words = args.filter(arg => !arg.startsWith('-'))
    const isForced = args.some(arg => /^-\w*[fl]|^--(force|lazy)/.test(arg))
    if (words.length === 0)
      return { stderr: "umount: bad usage\nTry 'umount --help' for more information.\n", exit: 1 }
    for (const word of words) {
      const path = resolvePath(cwd, word)
      const filesystem = machine.filesystems.findLast(f => f.mount === path || f.device === word)
      if (filesystem === undefined) return { stderr: `umount: ${word}: not mounted.\n`, exit: 32 }
      if (!isForced && hangsOn(world, machine, filesystem))
        return { stderr: `umount.nfs4: ${filesystem.mount}: device is busy\n`, exit: 16, tookMs: 30_000 }
      if (
        !isForced &&
        (isWrittenTo(call, filesystem) ||
          /^\/(var|run)$/.test(filesystem.mount) ||
          namesAt({ world, machine }, filesystem.mount).some(() => cwd.startsWith(`${filesystem.mount}/`)))
      )
        return { stderr: `umount: ${filesystem.mount}: target is busy.\n`, exit: 32 }
      detachFilesystem(machine, filesystem)
    }
    return {}
  },
}
