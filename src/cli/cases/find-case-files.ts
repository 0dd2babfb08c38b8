import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { unreadableFile } from '../unreadable-file.ts'

const yamlFile = /\.ya?ml$/i

const isPassedOver = (name: string): boolean => name.startsWith('.') || name === 'node_modules'

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !isPassedOver(name))
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap(entry => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return filesBelow(path)
      return entry.isFile() && yamlFile.test(entry.name) ? [path] : []
    })

/** Where cases lie when no folder is named. */
const usualFolder = join('test', 'runbooks')

/** The YAML files of a folder and those below it, or the one file that is named; a UserError when there is no such thing. */
export const findCaseFiles = (operand: string | undefined): readonly string[] => {
  const path = operand ?? (existsSync(usualFolder) ? usualFolder : '.')
  try {
    return statSync(path).isDirectory() ? filesBelow(path) : [path]
  } catch (cause) {
    throw unreadableFile(path, cause, 'Name the folder that holds the files of cases.')
  }
}
