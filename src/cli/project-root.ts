import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const climb = (folder: string): string => {
  if (existsSync(join(folder, 'runbooks')) || dirname(folder) === folder) return folder
  return climb(dirname(folder))
}

/** The folder of the installed package: where `runbooks/` lies, whether the program runs from its sources or bundled. */
export const projectRoot = (): string => climb(dirname(fileURLToPath(import.meta.url)))

/** The folder of the bundled runbooks. */
export const runbooksFolder = (): string => join(projectRoot(), 'runbooks')
