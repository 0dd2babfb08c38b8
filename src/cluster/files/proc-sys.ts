import { hashOf } from '../kube/pod.ts'
import { orderSysctl } from '../relations/order-sysctl.ts'
import { sysctlsOf } from '../relations/sysctls.ts'
import { uuidOf } from '../text/uuid-of.ts'
import { readerPid } from './proc-process.ts'
import type { FileView } from './views.ts'

const FOLDER = '/proc/sys'

/** A new id at each look. */
const UUID_PATH = `${FOLDER}/kernel/random/uuid`

const keyOf = (path: string): string => path.slice(FOLDER.length + 1).replaceAll('/', '.')

/** /proc/sys: each kernel parameter as a file, see proc_sys(5). */
export const procSys: FileView = {
  folder: FOLDER,
  list: ({ machine }) => [
    UUID_PATH,
    ...[...sysctlsOf(machine).keys()].map(key => `${FOLDER}/${key.replaceAll('.', '/')}`),
  ],
  read: ({ world, machine }, path) =>
    path === UUID_PATH
      ? `${uuidOf(hashOf(`${machine.bootId}/${world.nowMs}`, 32))}\n`
      : `${sysctlsOf(machine).get(keyOf(path)) ?? ''}\n`,
  write: ({ world, machine }, path, text) => {
    const shell = { program: 'bash', pid: readerPid(machine) }
    return orderSysctl(world, machine, { key: keyOf(path), value: text.trim(), ...shell })
  },
}
