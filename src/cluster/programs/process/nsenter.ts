import { quoteWords } from '../../kube/quote-words.ts'
import { insideOf } from '../../relations/inside.ts'
import { type Process, processesOf } from '../../relations/processes.ts'
import { type Call, everywhere, type Post, type Program, type Reply } from '../../shell/program.ts'
import { type OptionTable, readOptions } from '../../text/read-options.ts'
import type { Container } from '../../world/container.ts'
import type { Machine } from '../../world/machine.ts'

const table: OptionTable = {
  t: 'target=',
  target: 'target=',
  a: 'all',
  all: 'all',
  m: 'mount?',
  mount: 'mount?',
  u: 'uts?',
  uts: 'uts?',
  i: 'ipc?',
  ipc: 'ipc?',
  n: 'net?',
  net: 'net?',
  p: 'pid?',
  pid: 'pid?',
  C: 'cgroup?',
  cgroup: 'cgroup?',
  U: 'user?',
  user: 'user?',
  r: 'root?',
  root: 'root?',
  w: 'wd?',
  wd: 'wd?',
  F: 'no-fork',
  'no-fork': 'no-fork',
}

/** nsenter's own options end at the first word of the command. */
const ownCount = (args: readonly string[]): number => {
  let at = 0
  while (args[at]?.startsWith('-') === true && args[at] !== '--')
    at += /^-[a-zA-Z]*t$|^--target$/.test(args[at] ?? '') ? 2 : 1
  return at
}

type Found = { readonly container: Container; readonly carrier: Machine }

/** The container that a process belongs to: its own, or for the pause of a sandbox the first in it. */
const containerOf = (host: Machine, { kind, container, sandboxId }: Process): Found | undefined => {
  // A shim stands outside of what it minds.
  if (sandboxId === undefined || kind === 'shim') return undefined
  for (const carrier of [host, host.planet]) {
    const all = carrier?.runtime?.containers ?? []
    const found = all.find(each =>
      container === undefined ? each.sandboxId === sandboxId && each.state === 'running' : each === container,
    )
    if (carrier !== undefined && found !== undefined) return { container: found, carrier }
  }
  return undefined
}

type Wanted = { readonly process: Process; readonly withFiles: boolean; readonly withNetwork: boolean }

/** Where a command then stands: in the whole of the container, or with the machine's own files in the container's network. */
const postIn = (call: Call, { process, withFiles, withNetwork }: Wanted): Post => {
  const { world, host, user } = call
  const planetUnit = [...(host.planet?.units.values() ?? [])].some(unit => unit === process.unit)
  if (planetUnit && host.planet !== undefined && withFiles)
    return { machine: host.planet, host, container: undefined, user }
  const found = containerOf(host, process)
  if (found === undefined) return { machine: host, host, container: undefined, user }
  const inside = insideOf(world, found.carrier, found.container)
  if (withFiles) return { machine: inside, host, container: found.container, user }
  if (!withNetwork) return { machine: host, host, container: undefined, user }
  const machine = { ...host, interfaces: inside.interfaces, routes: inside.routes, planet: undefined }
  return { machine: Object.assign(machine, { name: inside.name }), host, container: undefined, user }
}

/** nsenter(1): a command in the namespaces of a process. */
export const nsenter: Program = {
  names: ['nsenter'],
  isInstalled: everywhere,
  run: async (call): Promise<Reply> => {
    const at = ownCount(call.args)
    const { options, unknown } = readOptions(table, call.args.slice(0, at))
    const words = call.args.slice(call.args[at] === '--' ? at + 1 : at)
    if (unknown !== undefined)
      return {
        stderr: `nsenter: invalid option -- '${unknown.replace(/^-+/, '')}'\nTry 'nsenter --help' for more information.\n`,
        exit: 1,
      }
    const target = options.get('target')?.at(-1)
    const kinds = ['mount', 'net', 'uts', 'ipc', 'pid'].filter(
      kind => options.has(kind) || options.has('all'),
    )
    if (target === undefined)
      return {
        stderr: `nsenter: ${kinds.length === 0 ? 'no target PID specified for --all' : `neither filename nor target pid supplied for ns/${kinds[0]?.replace('mount', 'mnt')}`}\n`,
        exit: 1,
      }
    const process = processesOf(call.world, call.host).find(({ pid }) => String(pid) === target)
    if (process === undefined)
      return {
        stderr: `nsenter: cannot open /proc/${target}/ns/${kinds[0]?.replace('mount', 'mnt') ?? 'net'}: No such file or directory\n`,
        exit: 1,
      }
    const post = postIn(call, {
      process,
      withFiles: options.has('mount') || options.has('all'),
      withNetwork: options.has('net'),
    })
    const { passage, stdin } = call
    if (words.length > 0 && !/^\S*(ba)?sh$/.test(words.join(' ')))
      return passage.runAt(post, quoteWords(words), { stdin, cwd: '/' })
    if (!passage.hasTerminal) return passage.runAt(post, stdin, { cwd: '/' })
    passage.enter(post, { cwd: '/' })
    return {}
  },
}
