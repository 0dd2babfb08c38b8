import { readText } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'

/** The assignments in a text of the form of sysctl.d(5). */
export const sysctlLines = (text: string): readonly string[] =>
  text
    .split('\n')
    .map(line => line.trim().replace(/^-/, ''))
    .filter(line => /^[\w.\-/]+\s*=/.test(line))

/** An assignment in its two parts. */
export const readAssignment = (word: string): { readonly key: string; readonly value: string } => {
  const at = word.indexOf('=')
  return { key: word.slice(0, at).trim().replaceAll('/', '.'), value: word.slice(at + 1).trim() }
}

/** The files that `sysctl --system` and a boot read, in their order. */
export const sysctlFiles = ({ files }: Machine): readonly string[] => [
  ...[...files.keys()].filter(path => /^\/etc\/sysctl\.d\/.*\.conf$/.test(path)).sort(),
  '/etc/sysctl.conf',
]

/** Every assignment that a machine's files hold, in the order in which they count. */
export const lastingSysctls = (
  machine: Machine,
): readonly { readonly key: string; readonly value: string }[] =>
  sysctlFiles(machine).flatMap(path => sysctlLines(readText(machine.files, path) ?? '').map(readAssignment))
