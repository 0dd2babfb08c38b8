import { walkLine } from './walk-line.ts'

/**
 * The words of each program that a line runs, in order, wrappers such as sudo taken away: `sudo crictl ps -a | grep etcd` gives
 * `[['crictl','ps','-a'],['grep','etcd']]`. The program is its base name; a word that cannot be resolved stands as it is written.
 */
export const simpleCommands = (line: string): readonly (readonly string[])[] =>
  walkLine(line)
    .filter(found => found.words.length > 0)
    .map(found => found.words.map(word => word.text ?? word.source))
