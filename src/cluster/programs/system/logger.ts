import { writeJournal } from '../../journal/write-journal.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'

const levels = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug']

/** logger(1): writes lines into the journal. */
export const logger: Program = {
  names: ['logger'],
  isInstalled: onMachines,
  run: ({ world, machine, args, stdin, user }): Reply => {
    const words: string[] = []
    const given = new Map<string, string>()
    for (let at = 0; at < args.length; at++) {
      const word = args[at] ?? ''
      const option = /^(-t|--tag|-p|--priority)$/.test(word) ? word.replace(/^-+/, '').charAt(0) : undefined
      if (option !== undefined) given.set(option, args[++at] ?? '')
      else if (!/^-/.test(word)) words.push(word)
    }
    const priority = levels.indexOf(given.get('p')?.split('.').at(-1) ?? 'notice')
    if (priority === -1) return { stderr: `logger: unknown priority name: ${given.get('p')}\n`, exit: 1 }
    const texts = words.length > 0 ? [words.join(' ')] : stdin.split('\n').filter(line => line !== '')
    for (const message of texts)
      writeJournal(machine, { atMs: world.nowMs, identifier: given.get('t') ?? user, message, priority })
    return {}
  },
}
