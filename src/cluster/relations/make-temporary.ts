import { makeFolder, namesIn, removePath } from '../files/file-tree.ts'
import { hashOf } from '../kube/pod.ts'
import type { Machine } from '../world/machine.ts'

const FOLDERS = ['/tmp', '/var/tmp']

/** What systemd-tmpfiles makes for displays, by x11.conf. */
const displays = ['.ICE-unix', '.Test-unix', '.X11-unix', '.XIM-unix', '.font-unix']

/** The units with temporary files of their own. */
const privatesOf = ({ os }: Machine): readonly string[] =>
  os.id === 'centos'
    ? ['chronyd.service']
    : ['chrony.service', 'systemd-logind.service', 'systemd-resolved.service']

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

const suffixOf = (text: string): string =>
  hashOf(text, 12).replace(/../g, pair => letters[Number.parseInt(pair, 16) % letters.length] ?? '')

const PRIVATE = 'systemd-private-'

/** Takes out what a boot does: all of /tmp on Ubuntu, elsewhere what belongs to the boot before. */
const clear = ({ files, os }: Machine, folder: string): void => {
  if (os.id === 'ubuntu' && folder === '/tmp') removePath(files, folder)
  for (const name of namesIn(files, folder).filter(each => each.startsWith(PRIVATE)))
    removePath(files, `${folder}/${name}`)
}

/** Brings the folders of temporary files to what they are after a boot: what tmpfiles.d says, and what units have of their own. */
export const makeTemporary = (machine: Machine): void => {
  const { files, bootId, bootedMs: mtimeMs, units } = machine
  for (const folder of FOLDERS) {
    clear(machine, folder)
    makeFolder(files, folder, { mode: 0o1777, mtimeMs })
    for (const unit of privatesOf(machine).filter(name => units.has(name))) {
      const own = `${folder}/${PRIVATE}${bootId}-${unit}-${suffixOf(`${bootId}${folder}${unit}`)}`
      makeFolder(files, own, { mode: 0o700, mtimeMs })
      makeFolder(files, `${own}/tmp`, { mode: 0o1777, mtimeMs })
    }
  }
  for (const name of displays) makeFolder(files, `/tmp/${name}`, { mode: 0o1777, mtimeMs })
}
