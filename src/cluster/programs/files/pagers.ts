import { everywhere, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { readFileText } from './read-file.ts'

/** less(1), more(1) and view(1): print what they would page through. */
export const less: Program = {
  names: ['less', 'more', 'view', 'zless'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const words = call.args.filter(arg => !/^[-+]./.test(arg))
    if (words.length === 0 || words[0] === '-')
      return call.stdin === ''
        ? { stderr: 'Missing filename ("less --help" for help)\n', exit: 1 }
        : { stdout: call.stdin }
    let stdout = ''
    let stderr = ''
    for (const word of words) {
      const file = readFileText(call, word)
      if ('text' in file) stdout += file.text
      else stderr += file.error === 'Is a directory' ? `${word} is a directory\n` : `${word}: ${file.error}\n`
    }
    return { stdout, stderr, exit: stderr === '' ? 0 : 1 }
  },
}

const VIM =
  'Vim: Warning: Output is not to a terminal\nVim: Warning: Input is not from a terminal\nVim: Error reading input, exiting...\nVim: Finished.\n'

/** What editors say and end with where nobody is at a terminal. */
const withoutTerminal: Readonly<Record<string, string>> = {
  vi: VIM,
  vim: VIM,
  nano: 'Standard input is not a terminal\n',
  emacs: 'emacs: standard input is not a tty\n',
}

/** Editors: they need a terminal of their own, which the simulated machines do not have. */
export const editors: Program = {
  names: ['vi', 'vim', 'nano', 'emacs', 'ed'],
  isInstalled: onMachines,
  run: ({ name, args, passage }): Reply => {
    const blind = passage.hasTerminal ? undefined : withoutTerminal[name]
    if (blind !== undefined) return { stderr: blind, exit: 1 }
    const file = args.find(arg => !/^[-+]/.test(arg))
    const target = file === undefined ? 'a file' : file
    return {
      stderr: `${name}: a full-screen editor cannot be used here. Change ${target} with sed -i, tee or a redirection.\n`,
      exit: 1,
    }
  },
}
