import { onMachines, type Program, type Reply } from '../../shell/program.ts'

const MINIMIZED = `This system has been minimized by removing packages and content that are
not required on a system that users do not log into.

To restore this content, including manpages, you can run the 'unminimize'
command. You will still need to ensure the 'man-db' package is installed.
`

/** man(1) of a server without pages: Ubuntu's says so, another has none of what is asked for. */
export const manual: Program = {
  names: ['man', 'apropos', 'whatis'],
  isInstalled: onMachines,
  run: ({ machine, args, name }): Reply => {
    if (name === 'man' && machine.os.id === 'ubuntu') return { stdout: MINIMIZED }
    const words = args.filter(arg => !/^(-|\d$)/.test(arg))
    if (words.length === 0)
      return name === 'man'
        ? { stderr: 'What manual page do you want?\n', exit: 1 }
        : { stderr: `${name} what?\n`, exit: 1 }
    const lines = words.map(word =>
      name === 'man' ? `No manual entry for ${word}` : `${word}: nothing appropriate.`,
    )
    return { stderr: `${lines.join('\n')}\n`, exit: 16 }
  },
}
