import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ownerOf, readSession, type StoredSession, sessionFolders } from '../../src/runtime/index.ts'
import { processesWith } from './processes.ts'
import { freshFolder, jsonLines, programArgv, runProgram } from './program.ts'

/** What is walked while it is killed. */
export type Walk = 'local' | 'sim' | 'typed'

/** When the program is killed: so long after its start, or after the first that it printed. */
export type Moment = { readonly walk: Walk; readonly since: 'start' | 'first word'; readonly afterMs: number }

/** How a trial ended: what was wrong with what it left, in sentences; none when all holds. */
export type Trial = Moment & {
  readonly found: 'no session yet' | 'cut off' | 'ended before'
  readonly events: number
  readonly outputs: number
  readonly wrong: readonly string[]
}

const PATIENCE_MS = 15_000
const STEPS = 60

const commandsOf = (step: number): string => {
  const lines = [
    `seq ${step} ${step * 700}; sleep 0.0${step % 9}`,
    `(sleep 987654 & ); echo "step ${step}" >&2`,
  ]
  return lines.map(line => `\`\`\`bash\n${line}\n\`\`\`\n`).join('\n')
}

/** A runbook of many short steps: commands that print much, wait, and leave children behind. */
const writeRunbook = (folder: string): string => {
  const steps = Array.from({ length: STEPS }, (_, index) => {
    const way = index + 1 < STEPS ? `- otherwise → [Next](#step-${index + 2})\n` : ''
    return `## Step ${index + 1}\n\n${commandsOf(index + 1)}\n${way}`
  })
  const path = join(folder, 'walk.md')
  writeFileSync(path, `# Walk\n\n${steps.join('\n')}`)
  return path
}

const argsOf = (walk: Walk, folder: string): readonly string[] => {
  const state = ['--state-dir', join(folder, 'state')]
  if (walk === 'sim') return ['auto', 'start-here', '--target', 'sim:api-port-rejected', '--json', ...state]
  const runbook = `${writeRunbook(folder)}#step-1`
  return walk === 'local' ? ['auto', runbook, '--json', ...state] : ['open', runbook, '--plain', ...state]
}

const typed = `r\nyes\n${'n\nr\nnote it goes on\n'.repeat(STEPS)}`

type Started = {
  readonly child: ChildProcess
  readonly text: () => string
  readonly firstWord: Promise<unknown>
  readonly ended: Promise<unknown>
}

const start = (walk: Walk, folder: string): Started => {
  const [node = '', ...words] = [...programArgv, ...argsOf(walk, folder)]
  const env = { ...process.env, RUNTREE_TRIAL: folder }
  const child = spawn(node, words, { env, stdio: ['pipe', 'pipe', 'ignore'] })
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', piece => {
    text += piece
  })
  child.stdin?.on('error', () => undefined)
  if (walk === 'typed') child.stdin?.write(typed)
  const firstWord = child.stdout === null ? Promise.resolve() : once(child.stdout, 'data')
  return { child, text: () => text, firstWord, ended: once(child, 'close') }
}

const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

/** Every output that the journal names is there and whole, and no file is half written but those of runs that had not ended. */
const checkBodies = ({ path, session }: StoredSession): readonly string[] => {
  const folder = join(path, 'bodies')
  const names = existsSync(folder) ? readdirSync(folder) : []
  const runs = [...session.runs.values()]
  const lost = runs.filter(run => run.body !== undefined && !names.includes(`${run.body.digest}.txt`))
  const never = runs.filter(run => run.totalLines > 0 && run.body === undefined)
  const torn = names.filter(name => name.endsWith('.txt') && name !== `${sha256(join(folder, name))}.txt`)
  const finished = runs.filter(({ phase }) => phase === 'finished').map(({ runId }) => `${runId}.part`)
  return [
    ...lost.map(({ runId }) => `the output of ${runId} is gone`),
    ...never.map(({ runId }) => `the output of ${runId} was never kept`),
    ...torn.map(name => `${name} is not what its name says`),
    ...names.filter(name => finished.includes(name)).map(name => `${name} is left of a run that had ended`),
  ]
}

/** Everything that was told before the kill stands in the journal as it was told. */
const checkTold = ({ events }: StoredSession, text: string): readonly string[] => {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return jsonLines(whole).flatMap((told, index) =>
    JSON.stringify(events[index]) === JSON.stringify(told)
      ? []
      : [`event ${index + 1} is not in the journal`],
  )
}

const checkOrphans = async (folder: string): Promise<readonly string[]> => {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    const left = processesWith(`RUNTREE_TRIAL=${folder}`)
    if (left.length === 0) return []
    if (performance.now() > end) return left.map(line => `left running: ${line}`)
    await delay(20)
  }
}

/** The session goes on where it was, through the program itself; nothing of what stood in its journal changes. */
const checkResume = (before: StoredSession, folder: string): readonly string[] => {
  const file = join(before.path, 'journal.jsonl')
  const text = readFileSync(file, 'utf8')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  const { status, stdout, stderr } = runProgram(
    ['resume', '--plain', '--target', 'local', '--state-dir', join(folder, 'state')],
    'q\n',
  )
  const after = readSession(before.path)
  if (!after.ok) return [`after resuming: ${after.error}`]
  const { current } = before.session
  const stands = after.value.session.current
  return [
    ...(status === 0 || status === 1 ? [] : [`resuming ended with ${status}: ${stdout}${stderr}`]),
    ...(readFileSync(file, 'utf8').startsWith(whole) ? [] : ['resuming changed what stood in the journal']),
    ...(after.value.unfinished.length === 0 ? [] : ['a run is still open after resuming']),
    ...(after.value.session.closed === undefined ? ['the session was not closed'] : []),
    ...(stands?.step === current?.step
      ? []
      : [`it stood at ${current?.step} and goes on at ${stands?.step}`]),
    ...(existsSync(join(before.path, 'lock')) ? ['the lock is still there'] : []),
  ]
}

const checkSession = (path: string, text: string, folder: string) => {
  const owner = ownerOf(path)
  const held = owner === undefined ? [] : [`process ${owner} still has the session`]
  const stored = readSession(path)
  if (!stored.ok) return { stored: undefined, wrong: [stored.error] }
  const told = text.startsWith('{') ? checkTold(stored.value, text) : []
  const wrong = [...held, ...told, ...checkBodies(stored.value), ...checkResume(stored.value, folder)]
  return { stored: stored.value, wrong }
}

/** The header and the first two events are written in one: a journal with less is one whose first write was cut short. */
const hasBegun = (path: string): boolean => {
  const file = join(path, 'journal.jsonl')
  return existsSync(file) && readFileSync(file, 'utf8').split('\n').length > 3
}

/** Starts a walk, kills the program with SIGKILL at a moment, and looks at what it left. */
export const tryKill = async (moment: Moment): Promise<Trial> => {
  const { walk, since, afterMs } = moment
  const folder = freshFolder()
  mkdirSync(join(folder, 'state'))
  const { child, text, firstWord, ended } = start(walk, folder)
  if (since === 'first word') await Promise.race([firstWord, ended])
  await Promise.race([delay(afterMs), ended])
  const hadEnded = child.exitCode !== null
  child.kill('SIGKILL')
  await ended
  const orphans = await checkOrphans(folder)
  const [path] = sessionFolders(join(folder, 'state'))
  if (path === undefined || !hasBegun(path)) {
    const wrong = text().startsWith('{') ? ['events were told, and no journal holds them'] : []
    return { ...moment, found: 'no session yet', events: 0, outputs: 0, wrong: [...orphans, ...wrong] }
  }
  const { stored, wrong } = checkSession(path, text(), folder)
  const runs = [...(stored?.session.runs.values() ?? [])]
  return {
    ...moment,
    found: hadEnded ? 'ended before' : 'cut off',
    events: stored?.events.length ?? 0,
    outputs: runs.filter(({ body }) => body !== undefined).length,
    wrong: [...orphans, ...wrong],
  }
}
