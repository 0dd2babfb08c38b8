import { makeFolder, namesIn, removePath } from '../files/file-tree.ts'
import { PRIVATE, TEMPORARY } from '../systemd/private-folders.ts'
import type { Machine } from '../world/machine.ts'

/** What systemd-tmpfiles makes for displays, by x11.conf. */
const displays = ['.ICE-unix', '.Test-unix', '.X11-unix', '.XIM-unix', '.font-unix']

/** Takes out what a boot does: all of /tmp on Ubuntu, elsewhere what belongs to the boot before. */
const clear = ({ files, os }: Machine, folder: string): void => {
  if (os.id === 'ubuntu' && folder === '/tmp') removePath(files, folder)
  for (const name of namesIn(files, folder).filter(each => each.startsWith(PRIVATE)))
    removePath(files, `${folder}/${name}`)
}

/** Brings the folders of temporary files to what tmpfiles.d says of a boot. */
export const makeTemporary = (machine: Machine): void => {
  const { files, bootedMs: mtimeMs } = machine
  for (const folder of TEMPORARY) {
    clear(machine, folder)
    makeFolder(files, folder, { mode: 0o1777, mtimeMs })
  }
  for (const name of displays) makeFolder(files, `/tmp/${name}`, { mode: 0o1777, mtimeMs })
}
