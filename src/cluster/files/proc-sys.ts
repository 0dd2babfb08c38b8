import { setSysctl, sysctlsOf } from '../relations/sysctls.ts'
import type { FileView } from './views.ts'

const FOLDER = '/proc/sys'

const keyOf = (path: string): string => path.slice(FOLDER.length + 1).replaceAll('/', '.')

/** /proc/sys: each kernel parameter as a file, see proc_sys(5). */
export const procSys: FileView = {
  folder: FOLDER,
  list: ({ machine }) => [...sysctlsOf(machine).keys()].map(key => `${FOLDER}/${key.replaceAll('.', '/')}`),
  read: ({ machine }, path) => `${sysctlsOf(machine).get(keyOf(path)) ?? ''}\n`,
  write: ({ machine }, path, text) => setSysctl(machine, keyOf(path), text.trim()),
}
