import { hashOf } from '../kube/pod.ts'
import { DROP_KEY, dropCaches } from '../relations/drop-caches.ts'
import { memoryHolder } from '../relations/memory.ts'
import { setSysctl, sysctlsOf } from '../relations/sysctls.ts'
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
    const value = text.trim()
    const problem = setSysctl(machine, keyOf(path), value)
    if (problem === undefined && keyOf(path) === DROP_KEY)
      dropCaches(world, memoryHolder(machine), { value, program: 'bash', pid: readerPid(machine) })
    return problem
  },
}
