import { makeFolder, makeLink, removePath, writeText } from '../files/file-tree.ts'
import type { FileTree } from '../world/file-node.ts'
import type { Machine } from '../world/machine.ts'

/** Who may use a device: its mode and group, where they are not everybody's. */
const rights: readonly (readonly [RegExp, { readonly mode: number; readonly group?: string }])[] = [
  [/^(sd|vd)/, { mode: 0o660, group: 'disk' }],
  [/^(console|tty\d+)$/, { mode: 0o620, group: 'tty' }],
  [/^kmsg$/, { mode: 0o644 }],
  [/^(ptmx|tty)$/, { mode: 0o666, group: 'tty' }],
]

const usual = ['console', 'full', 'null', 'ptmx', 'random', 'tty', 'tty1', 'tty2', 'urandom', 'zero']

const links: Readonly<Record<string, string>> = {
  core: '/proc/kcore',
  fd: '/proc/self/fd',
  log: '/run/systemd/journal/dev-log',
  stderr: '/proc/self/fd/2',
  stdin: '/proc/self/fd/0',
  stdout: '/proc/self/fd/1',
}

const makeDevice = (files: FileTree, name: string, mtimeMs: number): void => {
  const own = rights.find(([pattern]) => pattern.test(name))?.[1]
  writeText(files, `/dev/${name}`, { text: '', mode: 0o666, group: 'root', ...own, mtimeMs })
}

/** What runc puts into the /dev of a container, and the file that a kubelet reads its last words from. */
export const makeContainerDevices = (files: FileTree, mtimeMs: number): void => {
  for (const folder of ['/dev', '/dev/pts']) makeFolder(files, folder, { mtimeMs })
  for (const folder of ['/dev/mqueue', '/dev/shm']) makeFolder(files, folder, { mode: 0o1777, mtimeMs })
  for (const name of ['core', 'fd', 'stderr', 'stdin', 'stdout'])
    makeLink(files, `/dev/${name}`, { to: links[name] ?? '', mtimeMs })
  makeLink(files, '/dev/ptmx', { to: 'pts/ptmx', mtimeMs })
  for (const name of ['full', 'null', 'random', 'urandom', 'zero']) makeDevice(files, name, mtimeMs)
  writeText(files, '/dev/tty', { text: '', mode: 0o666, mtimeMs })
  writeText(files, '/dev/pts/ptmx', { text: '', mode: 0o666, mtimeMs })
  writeText(files, '/dev/termination-log', { text: '', mode: 0o666, mtimeMs })
}

/**
 * Fills /dev as it is after a boot: it lies in memory, so that what else was made there is gone. A container has no disks there and no
 * log of the kernel.
 */
export const makeDevices = (machine: Machine): void => {
  const { files, bootedMs: mtimeMs, devices, virtualization } = machine
  const isContainer = virtualization === 'lxc'
  removePath(files, '/dev')
  makeFolder(files, '/dev', { mtimeMs })
  for (const folder of ['/dev/pts', ...(isContainer ? ['/dev/.lxc'] : ['/dev/hugepages', '/dev/mapper'])])
    makeFolder(files, folder, { mtimeMs })
  for (const folder of ['/dev/mqueue', '/dev/shm']) makeFolder(files, folder, { mode: 0o1777, mtimeMs })
  for (const [name, to] of Object.entries(links)) makeLink(files, `/dev/${name}`, { to, mtimeMs })
  for (const name of [...usual, ...(isContainer ? [] : [...devices.map(device => device.name), 'kmsg'])])
    makeDevice(files, name, mtimeMs)
  writeText(files, '/dev/pts/ptmx', { text: '', mode: 0, mtimeMs })
}
