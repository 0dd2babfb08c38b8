import { nodeAt, readText } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import { splitWords } from './parse-unit-file.ts'

/** The assignments of an environment file: `NAME=value` lines, comments and blank lines left out. */
const readEnvironmentFile = (text: string): Record<string, string> => {
  const variables: Record<string, string> = {}
  for (const line of text.split('\n')) {
    const read = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(line)
    if (read !== null) variables[read[1] ?? ''] = (read[2] ?? '').trim().replace(/^(["'])(.*)\1$/, '$2')
  }
  return variables
}

/** The first environment file that is wanted and not there. */
export const missingEnvironmentFile = (machine: Machine, unit: Unit): string | undefined =>
  unit.definition.environmentFiles.find(
    path => !path.startsWith('-') && readText(machine.files, path) === undefined,
  )

/** The environment that a unit's process would be started with. */
export const environmentOf = (machine: Machine, unit: Unit): Record<string, string> => ({
  ...unit.definition.environment,
  ...Object.assign(
    {},
    ...unit.definition.environmentFiles.map(path =>
      readEnvironmentFile(readText(machine.files, path.replace(/^-/, '')) ?? ''),
    ),
  ),
})

/** A command line with its variables filled in as systemd does: `$NAME` alone splits at spaces, `${NAME}` does not. */
export const expandCommand = (command: string, environment: Readonly<Record<string, string>>): string =>
  expandWords(command, environment).join(' ')

/** The same in its words. */
export const expandWords = (
  command: string,
  environment: Readonly<Record<string, string>>,
): readonly string[] =>
  splitWords(command.replace(/^[-@:+!]+/, '')).flatMap(word => {
    const alone = /^\$([A-Za-z_]\w*)$/.exec(word)
    if (alone !== null) return splitWords(environment[alone[1] ?? ''] ?? '')
    return [
      word
        .replace(/\$\{([A-Za-z_]\w*)\}/g, (_, name: string) => environment[name] ?? '')
        .replaceAll('$$', '$'),
    ]
  })

/** Why a program cannot be executed, in the words of the kernel; `undefined` when it can. */
export const executionProblem = (machine: Machine, command: string): string | undefined => {
  const program = /^[-@:+!]*(\S+)/.exec(command)?.[1] ?? ''
  if (!program.startsWith('/')) return undefined
  const file = nodeAt(machine.files, program)
  if (file?.kind !== 'file') return 'No such file or directory'
  return (file.mode & 0o111) === 0 ? 'Permission denied' : undefined
}
