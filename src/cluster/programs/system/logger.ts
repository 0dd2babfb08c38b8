import { writeJournal } from '../../journal/write-journal.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'
import { type OptionTable, readOptions, unknownOption } from '../../text/read-options.ts'
import { readFileText } from '../files/read-file.ts'

const levels = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug']

const table: OptionTable = {
  t: 'tag=',
  tag: 'tag=',
  p: 'priority=',
  priority: 'priority=',
  f: 'file=',
  file: 'file=',
  i: 'id',
  id: 'id?',
  e: 'skip-empty',
  'skip-empty': 'skip-empty',
}

/** logger(1): writes lines into the journal. */
export const logger: Program = {
  names: ['logger'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const { world, machine, args, stdin, user } = call
    const read = readOptions(table, args)
    const problem = unknownOption('logger', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const valueFor = (name: string): string | undefined => read.options.get(name)?.at(-1)
    const wanted = valueFor('priority') ?? 'user.notice'
    const priority = levels.indexOf(wanted.split('.').at(-1) ?? '')
    if (priority === -1) return { stderr: `logger: unknown priority name: ${wanted}\n`, exit: 1 }
    const file = valueFor('file')
    const found = file === undefined ? { text: stdin } : readFileText(call, file)
    if ('error' in found) return { stderr: `logger: file ${file}: ${found.error}\n`, exit: 1 }
    const texts =
      read.words.length > 0 ? [read.words.join(' ')] : found.text.split('\n').filter(line => line !== '')
    const pid = read.options.has('id') ? machine.nextPid : undefined
    for (const message of texts)
      writeJournal(machine, {
        atMs: world.nowMs,
        identifier: valueFor('tag') ?? user,
        message,
        priority,
        pid,
      })
    return {}
  },
}
