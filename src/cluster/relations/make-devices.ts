import { makeFolder, makeLink, removePath, writeText } from '../files/file-tree.ts'
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
  for (const name of [...usual, ...(isContainer ? [] : [...devices.map(device => device.name), 'kmsg'])]) {
    const own = rights.find(([pattern]) => pattern.test(name))?.[1]
    writeText(files, `/dev/${name}`, { text: '', mode: 0o666, group: 'root', ...own, mtimeMs })
  }
  writeText(files, '/dev/pts/ptmx', { text: '', mode: 0, mtimeMs })
}
