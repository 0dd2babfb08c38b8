import { isRecognised } from './is-recognised.ts'

// A single letter behind a command's name was an option: `df-h` is `df -h`.
const joined = (words: readonly string[]): string =>
  words
    .map((word, index) => (index > 0 && /^[A-Za-z]$/.test(word) ? `-${word}` : word))
    .join(' ')
    .trim()

/** A name by its words: blanks became underscores and options kept their dashes, or every sign became the same one. */
const readings = [
  (name: string): string => joined(name.split(/[_ ]+/)),
  (name: string): string => joined(name.split(/[-_. ]+/)),
]

/**
 * The command whose output a file of a support bundle holds, told from its name (`systemctl-status-kubelet.txt`, `df_-al_-x_autofs`);
 * `undefined` where no known command has that name.
 */
export const commandOfFileName = (name: string): string | undefined =>
  readings.map(read => read(name)).find(isRecognised)
