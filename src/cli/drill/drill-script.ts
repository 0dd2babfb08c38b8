import { shellAt } from '../../cluster/index.ts'
import { beginDrill, type DrillEntry, type DrillRun, wasRepaired } from '../../drill/index.ts'
import { type Invocation, lastValue } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { loadKnowledge } from '../load-knowledge.ts'
import { print } from '../print.ts'
import { readTextFile } from '../read-text-file.ts'
import { stateDirOf } from '../state-dir-of.ts'
import { UserError } from '../user-error.ts'
import { bookDrill } from './book-drill.ts'
import { drillSeed, readSeed } from './drill-seed.ts'
import { loadDrill } from './drills.ts'
import { createJudges } from './judges.ts'
import { presentBooked } from './present-booked.ts'
import { presentDebrief } from './present-debrief.ts'

const intentShape = /^(run|diagnose|hint|finish)(?:\s+(.*))?$/

const badLine = (line: string, number: number): UserError =>
  new UserError({
    code: 'E_CLI_DRILL_SCRIPT',
    message: `Line ${number} of the script is no intent: ${line}`,
    hint: 'Write run COMMAND, diagnose CAUSE, hint or finish, one a line.',
  })

type Intent = { readonly verb: string; readonly rest: string }

const readScript = (path: string): readonly Intent[] =>
  readTextFile(path)
    .split(/\r?\n/)
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '' && !line.startsWith('#'))
    .map(({ line, number }) => {
      const [, verb, rest = ''] = intentShape.exec(line) ?? []
      if (verb === undefined || ((verb === 'run' || verb === 'diagnose') && rest === ''))
        throw badLine(line, number)
      return { verb, rest }
    })

const asEvent = ({ atMs, ...entry }: DrillEntry, more: object = {}): string =>
  JSON.stringify({ ...entry, at: new Date(atMs).toISOString(), ...more })

const performer = (run: DrillRun, say: (entry: DrillEntry, more?: object) => void) => {
  const shell = shellAt(run.world, { machine: run.world.home, hasTerminal: false })
  return async ({ verb, rest }: Intent): Promise<void> => {
    if (verb === 'run') {
      const ran = await shell.run(rest)
      say(run.note(rest, ran), { stdout: ran.stdout, stderr: ran.stderr })
    } else if (verb === 'diagnose') say(run.nameCause(rest))
    else if (verb === 'hint') {
      const isLeft = run.takeHint() !== undefined
      const entry = run.log().entries.at(-1)
      if (isLeft && entry !== undefined) say(entry)
    }
  }
}

const presentEntry = (
  entry: DrillEntry,
  more: { readonly stdout?: string; readonly stderr?: string },
): string => {
  switch (entry.type) {
    case 'line-run':
      return `$ ${entry.line}\n${more.stdout ?? ''}${more.stderr ?? ''}`.trimEnd()
    case 'cause-named':
      return `cause named: ${entry.cause} — ${entry.isRight ? 'right' : 'not what is wrong'}`
    case 'hint-taken':
      return `hint ${entry.number}: ${entry.text}`
    case 'fault-injected':
      return `a further fault: ${entry.name}`
    case 'finished':
      return entry.isRepaired ? 'repaired' : 'not repaired'
  }
}

/** `runtree drill start NAME --headless --script FILE`: a drill by a script of intents; ends with the score and the debrief. */
export const drillScript = async (name: string, invocation: Invocation): Promise<number> => {
  const drill = loadDrill(name)
  const script = readScript(lastValue(invocation, 'script') ?? '-')
  const judges = createJudges(loadKnowledge())
  const isTimed = !invocation.flags.has('practice')
  const run = await beginDrill(drill, { ...drillSeed(readSeed(invocation)), isTimed, judges })
  const isJson = invocation.flags.has('json')
  const perform = performer(run, (entry, more = {}) =>
    print.out(isJson ? asEvent(entry, more) : presentEntry(entry, more)),
  )
  for (const intent of script) {
    if (intent.verb === 'finish') break
    await perform(intent)
  }
  const debrief = await run.finish()
  const booked = bookDrill(stateDirOf(invocation), run, debrief)
  if (isJson) print.out(JSON.stringify({ type: 'drill-debrief', ...debrief }))
  else print.out(`\n${presentDebrief(debrief).join('\n')}`)
  presentBooked(booked).forEach(print.error)
  return wasRepaired(debrief.score) ? exitCodes.done : exitCodes.problem
}
