import { commandWordsOf, parsers } from '../../facts/index.ts'

const isRecognised = (command: string): boolean =>
  commandWordsOf(command).some(argv => parsers.some(parser => parser.recognises(argv)))

// A single letter between dashes was an option: `df-h` is `df -h`.
const spaced = (name: string): string =>
  name
    .split(/[-_. ]+/)
    .map((word, index) => (index > 0 && /^[A-Za-z]$/.test(word) ? `-${word}` : word))
    .join(' ')
    .trim()

/**
 * The command whose output a file of a support bundle holds, told from its name (`systemctl-status-kubelet.txt`, `df_h.log`);
 * `undefined` where no known command has that name.
 */
export const commandOfFileName = (path: string): string | undefined => {
  const name = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/(?:\.(?:txt|log|out|output|stdout|stderr|err|json|yaml|yml|gz))+$/i, '')
  const command = spaced(name)
  return isRecognised(command) ? command : undefined
}
