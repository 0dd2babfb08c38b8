import { writeText } from '../../files/file-tree.ts'
import { writeJournal } from '../../journal/write-journal.ts'
import { quoteWords } from '../../kube/quote-words.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { findUnit } from '../../systemd/load-unit.ts'
import { startUnit } from '../../systemd/start-unit.ts'
import { exitText } from '../../systemd/unit-lines.ts'
import { TRANSIENT } from '../../systemd/unit-sources.ts'
import { spanText } from '../../text/spans.ts'
import type { Unit } from '../../world/unit.ts'
import { type Order, readOrder } from './transient-order.ts'

/** What keeps a processor busy until somebody stops it, or waits without an end: a process without a program stands for it. */
const busy = /\b(while|until)\b(?!.*\bsleep\b)|\b(yes|stress(-ng)?)\b/s
const listening = /\b(tail\s+-[fF]|nc\s+-\w*l)\b/
const BUSY_PERCENT = 99.5

const HEAD =
  '# This is a transient unit file, created programmatically via the systemd API. Do not edit.\n[Unit]\n'

/** Writes the file of a unit and has systemd read it. */
const createTransient = (
  { machine, world }: Call,
  name: string,
  { description, section, lines }: Pick<Order, 'description'> & { section: string; lines: readonly string[] },
): Unit | undefined => {
  writeText(machine.files, `${TRANSIENT}/${name}`, {
    text: `${HEAD}Description=${description}\n\n[${section}]\n${lines.join('\n')}\n`,
    mtimeMs: world.nowMs,
  })
  return findUnit(machine, name)
}

const createService = (call: Call, { name, description, properties, words }: Order): Unit | undefined =>
  createTransient(call, `${name}.service`, {
    description,
    section: 'Service',
    lines: [...properties, `ExecStart=${quoteWords(words).replace(/[$%]/g, '$&$&')}`],
  })

const LOOK_MS = 5
const MOST_LOOK_MS = 1000

/** How a unit that was waited for went. */
const resultText = (unit: Unit, beganMs: number): string => {
  const { lastExit, result, endedMs = beganMs, cpuMs } = unit
  const how = lastExit === undefined ? '' : exitText(lastExit).replace(/(\d+)\/\w+$/, '$1')
  return `Finished with result: ${result}\nMain processes terminated with: ${how.replace(', ', '/')}\nService runtime: ${spanText(endedMs - beganMs)}\nCPU time consumed: ${spanText(Math.max(1, cpuMs))}\n`
}

const begin = async (call: Call, order: Order): Promise<Reply> => {
  const { machine, world, passage } = call
  const unit = createService(call, order)
  if (unit === undefined) return { exit: 1 }
  const text = order.words.join(' ')
  if (busy.test(text) || listening.test(text)) {
    const cpuPercent = busy.test(text) ? BUSY_PERCENT : 0
    unit.isOwn = undefined
    Object.assign(unit, { usual: { memoryBytes: 3_600_000, cpuPercent, tasks: 1 } })
  }
  const beganMs = world.nowMs
  startUnit(world, { machine, unit, atMs: beganMs })
  unit.cpuMs = 0
  const stderr = `Running as unit: ${unit.name}\n`
  if (!order.switches.has('--wait')) return { stderr, tookMs: LOOK_MS }
  for (let ms = LOOK_MS; unit.mainPid !== 0; ms = Math.min(2 * ms, MOST_LOOK_MS)) await passage.sleep(ms)
  return { stderr: `${stderr}${resultText(unit, beganMs)}`, exit: unit.lastExit?.status ?? 0 }
}

/** Runs a command whose output is wanted where it was typed. */
const perform = async (call: Call, order: Order): Promise<Reply> => {
  const { machine, world, passage } = call
  const { name, words, switches, description } = order
  const unit = `${name}.service`
  const tell = (message: string): void =>
    writeJournal(machine, { atMs: world.nowMs, identifier: 'systemd', unit, pid: 1, message })
  tell(`Started ${description}.`)
  const beganMs = world.nowMs
  const { stdout = '', stderr = '', exit = 0 } = await passage.runHere(words)
  const lastExit = { code: 'exited' as const, status: exit, signal: undefined }
  const result = exit === 0 ? 'success' : 'exit-code'
  if (exit !== 0) tell(`${unit}: Main process exited, ${exitText(lastExit)}`)
  tell(exit === 0 ? `${unit}: Deactivated successfully.` : `${unit}: Failed with result '${result}'.`)
  const told = switches.has('--wait')
    ? resultText({ lastExit, result, endedMs: world.nowMs, cpuMs: 1 } as Unit, beganMs)
    : ''
  return { stdout, stderr: `Running as unit: ${unit}\n${stderr}${told}`, exit }
}

/** Leaves a command to a timer. */
const schedule = (call: Call, order: Order): Reply => {
  const { machine, world } = call
  const { name, description, timer } = order
  createService(call, order)
  const unit = createTransient(call, `${name}.timer`, {
    description,
    section: 'Timer',
    lines: [...timer, 'RemainAfterElapse=no'],
  })
  if (unit === undefined) return { exit: 1 }
  startUnit(world, { machine, unit, atMs: world.nowMs })
  return { stderr: `Running timer as unit: ${name}.timer\nWill run service as unit: ${name}.service\n` }
}

/** systemd-run(1): a command as a unit or a scope that is gone with it, at once or when a timer elapses. */
export const systemdRun: Program = {
  names: ['systemd-run'],
  isInstalled: onMachines,
  run: (call): Reply | Promise<Reply> => {
    const order = readOrder(call)
    const { name, words, switches, timer } = order
    const [program = ''] = words
    if (words.length === 0) return { stderr: 'Command line to execute required.\n', exit: 1 }
    if (call.user !== 'root')
      return {
        stderr: `Failed to start transient service unit: Interactive authentication required.\n`,
        exit: 1,
      }
    if (!program.includes('/'))
      return { stderr: `Failed to find executable ${program}: No such file or directory\n`, exit: 1 }
    if (findUnit(call.machine, `${name}.service`) !== undefined)
      return {
        stderr: `Failed to start transient service unit: Unit ${name}.service already exists.\n`,
        exit: 1,
      }
    if (switches.has('--scope'))
      return call.passage
        .runHere(words)
        .then(reply => ({ ...reply, stderr: `Running scope as unit: ${name}.scope\n${reply.stderr ?? ''}` }))
    if (timer.length > 0) return schedule(call, order)
    const isShown = ['--pipe', '-P', '--pty', '-t'].some(key => switches.has(key))
    return isShown ? perform(call, order) : begin(call, order)
  },
}
