import type { FileView } from './views.ts'

const FOLDER = '/proc/sys'

const keyOf = (path: string): string => path.slice(FOLDER.length + 1).replaceAll('/', '.')

/** /proc/sys: each kernel parameter as a file, see proc_sys(5). */
export const procSys: FileView = {
  folder: FOLDER,
  list: ({ machine }) => [...machine.sysctls.keys()].map(key => `${FOLDER}/${key.replaceAll('.', '/')}`),
  read: ({ machine }, path) => `${machine.sysctls.get(keyOf(path)) ?? ''}\n`,
  write: ({ machine }, path, text) => {
    machine.sysctls.set(keyOf(path), text.trim())
    return undefined
  },
}
