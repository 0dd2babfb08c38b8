import { writeText } from '../../files/file-tree.ts'
import { writeJournal } from '../../journal/write-journal.ts'
import { quoteWords } from '../../kube/quote-words.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { findUnit } from '../../systemd/load-unit.ts'
import { startUnit } from '../../systemd/start-unit.ts'
import { TRANSIENT } from '../../systemd/unit-sources.ts'

/** What goes on until somebody stops it: a unit of its own holds it. */
const lasting = /\b(while|until|sleep\s+(\d{2,}|infinity)|yes|stress(-ng)?|tail\s+-[fF]|nc\s+-\w*l)\b/
const busy = /\b(while|until|yes|stress(-ng)?)\b/
const BUSY_PERCENT = 99.5

type Order = {
  readonly name: string
  readonly properties: readonly string[]
  readonly description: string
  readonly switches: ReadonlySet<string>
  readonly words: readonly string[]
}

const valued =
  /^(-u|--unit|-p|--property|--description|--slice|--on-active|--on-calendar|--on-boot|--uid|--gid|-E|--setenv|--nice|--working-directory)$/

const readOrder = ({ args, world, machine }: Call): Order => {
  const options = new Map<string, string[]>()
  const switches = new Set<string>()
  let at = 0
  for (; args[at]?.startsWith('-') === true; at++) {
    const word = args[at] ?? ''
    if (word === '--') {
      at += 1
      break
    }
    if (/^--on-/.test(word)) switches.add('timer')
    const [key = '', value] = word.startsWith('--') ? word.split(/=(.*)/s) : [word]
    if (value !== undefined) options.set(key, [...(options.get(key) ?? []), value])
    else if (valued.test(key)) options.set(key, [...(options.get(key) ?? []), args[++at] ?? ''])
    else switches.add(key)
  }
  const given = (...keys: readonly string[]): readonly string[] => keys.flatMap(key => options.get(key) ?? [])
  const words = args.slice(at)
  const number = ((world.nowMs % 2 ** 31) * 31 + machine.nextPid).toString(16).padStart(32, '7').slice(-32)
  return {
    name: (given('-u', '--unit')[0] ?? `run-r${number}`).replace(/\.(service|scope)$/, ''),
    properties: given('-p', '--property'),
    description: given('--description')[0] ?? words.join(' '),
    switches,
    words,
  }
}

const pathOf = (word: string): string => (word.includes('/') ? word : `/usr/bin/${word}`)

const writeUnit = ({ machine, world }: Call, { name, description, properties, words }: Order): void => {
  const [command = '', ...rest] = words
  writeText(machine.files, `${TRANSIENT}/${name}.service`, {
    text: `# This is a transient unit file, created programmatically via the systemd API. Do not edit.\n[Unit]\nDescription=${description}\n\n[Service]\n${properties.map(line => `${line}\n`).join('')}ExecStart=${quoteWords([pathOf(command), ...rest])}\n`,
    mtimeMs: world.nowMs,
  })
}

const hold = (call: Call, order: Order): Reply => {
  const { machine, world } = call
  writeUnit(call, order)
  const unit = findUnit(machine, `${order.name}.service`)
  if (unit === undefined) return { exit: 1 }
  const cpuPercent = busy.test(order.words.join(' ')) ? BUSY_PERCENT : 0
  Object.assign(unit, { usual: { memoryBytes: 3_600_000, cpuPercent, tasks: 1 } })
  startUnit(world, { machine, unit, atMs: world.nowMs })
  unit.cpuMs = 0
  return { stderr: `Running as unit: ${order.name}.service\n` }
}

const perform = async (call: Call, order: Order): Promise<Reply> => {
  const { machine, world, passage } = call
  const { name, words, switches, description } = order
  const unit = `${name}.service`
  const tell = (message: string, identifier = 'systemd'): void =>
    writeJournal(machine, {
      atMs: world.nowMs,
      identifier,
      unit,
      pid: identifier === 'systemd' ? 1 : undefined,
      message,
    })
  tell(`Started ${description}.`)
  const { stdout = '', stderr = '', exit = 0 } = await passage.runHere(words)
  const shows = ['--pipe', '-P', '--pty', '-t'].some(key => switches.has(key))
  if (!shows)
    for (const line of `${stdout}${stderr}`.split('\n').filter(text => text !== ''))
      tell(line, words[0]?.split('/').at(-1))
  if (exit === 0) tell(`${unit}: Deactivated successfully.`)
  else {
    tell(`${unit}: Main process exited, code=exited, status=${exit}/FAILURE`)
    tell(`${unit}: Failed with result 'exit-code'.`)
  }
  const isAwaited = shows || switches.has('--wait')
  const said = `Running as unit: ${unit}\n`
  const result = switches.has('--wait')
    ? `Finished with result: ${exit === 0 ? 'success' : 'exit-code'}\nMain processes terminated with: code=exited/status=${exit}\n`
    : ''
  return {
    ...(shows ? { stdout } : {}),
    stderr: `${said}${shows ? stderr : ''}${result}`,
    exit: isAwaited ? exit : 0,
  }
}

/** systemd-run(1): a command as a unit or a scope that is gone with it. */
export const systemdRun: Program = {
  names: ['systemd-run'],
  isInstalled: onMachines,
  run: (call): Reply | Promise<Reply> => {
    const order = readOrder(call)
    const { name, words, switches } = order
    if (words.length === 0) return { stderr: 'Command line to execute required.\n', exit: 1 }
    if (call.user !== 'root')
      return {
        stderr: `Failed to start transient service unit: Interactive authentication required.\n`,
        exit: 1,
      }
    if (switches.has('--scope'))
      return call.passage
        .runHere(words)
        .then(reply => ({ ...reply, stderr: `Running scope as unit: ${name}.scope\n${reply.stderr ?? ''}` }))
    if (switches.has('timer'))
      return {
        stderr: 'systemd-run: commands at a time to come are kept by cron alone here; write a line of cron\n',
        exit: 1,
      }
    return lasting.test(words.join(' ')) ? hold(call, order) : perform(call, order)
  },
}
