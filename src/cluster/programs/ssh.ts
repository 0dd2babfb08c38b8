import { writeJournal } from '../journal/write-journal.ts'
import { accountsOf } from '../relations/accounts.ts'
import { connect } from '../relations/connect.ts'
import { findMachine, hasAddress, mainAddressOf } from '../relations/find-machine.ts'
import { logIn, logOut } from '../relations/logins.ts'
import { keyProblem, sshdAdmits } from '../relations/sshd-settings.ts'
import { isMute } from '../relations/stopped.ts'
import { freeThreads } from '../relations/threads.ts'
import { unitOf } from '../relations/unit-of.ts'
import { shellProcess } from '../shell/job-process.ts'
import { type Call, onMachines, type Program, type Reply } from '../shell/program.ts'
import type { Login } from '../world/login.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { readWords, TIMEOUT_MS } from './ssh-words.ts'

/** From the connection to the command. */
const HANDSHAKE_MS = 70

const refusals = {
  refused: 'Connection refused',
  timeout: 'Connection timed out',
  'no-route': 'No route to host',
  'unreachable-network': 'Network is unreachable',
  'black-hole': 'Invalid argument',
} as const

/** What sshd writes of a key that it does not take, and of whoever came with it. */
const tellRefusal = (
  world: World,
  { to, from, problem }: { readonly to: Machine; readonly from: Machine; readonly problem: string },
): void => {
  const said = [
    problem,
    `Connection closed by authenticating user root ${mainAddressOf(from)} port 52118 [preauth]`,
  ]
  for (const message of said.filter(text => text !== ''))
    writeJournal(to, {
      atMs: world.nowMs,
      identifier: 'sshd',
      unit: unitOf(to, 'sshd')?.name,
      pid: unitOf(to, 'sshd')?.mainPid,
      message,
    })
}

/** Why no session comes about, or the machine that it leads to. */
export const openConnection = (
  world: World,
  { from, host, port }: { readonly from: Machine; readonly host: string; readonly port: number },
): Machine | Reply => {
  const to = findMachine(world, host)
  if (to === undefined)
    return { stderr: `ssh: Could not resolve hostname ${host}: Name or service not known\n`, exit: 255 }
  const address = host === to.name ? (to.siteAddress ?? mainAddressOf(to)) : host
  // Where it was known is nobody any more.
  const isGone = to !== from && !hasAddress(to, address)
  const connection = isGone
    ? ({ kind: 'no-route' } as const)
    : connect(world, { from, address, port, protocol: 'tcp' })
  if (connection.kind === 'open' && isMute(connection))
    return { stderr: 'Connection timed out during banner exchange\n', exit: 255, tookMs: TIMEOUT_MS }
  if (connection.kind === 'open' && freeThreads(to) === 0)
    return {
      stderr: `kex_exchange_identification: read: Connection reset by peer\nConnection reset by ${address} port ${port}\n`,
      exit: 255,
    }
  const problem = connection.kind === 'open' ? keyProblem(to, 'root') : undefined
  if (problem !== undefined) tellRefusal(world, { to, problem, from })
  if (connection.kind === 'open' && (problem !== undefined || !sshdAdmits(to, 'root')))
    return { stderr: `root@${host}: Permission denied (publickey,password).\n`, exit: 255, tookMs: 400 }
  if (connection.kind === 'open') return connection.machine ?? to
  const tookMs = connection.kind === 'timeout' ? TIMEOUT_MS : connection.kind === 'no-route' ? 3_000 : 5
  return {
    stderr: `ssh: connect to host ${host} port ${port}: ${refusals[connection.kind]}\n`,
    exit: 255,
    tookMs,
  }
}

/** The process of ssh, which lives as long as the login that it holds. */
const beginClient = ({ world, machine, user, args, passage }: Call): Login['client'] => {
  const pid = machine.nextPid
  const { terminal } = passage.login ?? {}
  machine.processes.push({
    ...shellProcess(world, machine, {
      parentPid: passage.process?.pid ?? passage.login?.shellPid ?? 1,
      user,
      command: ['ssh', ...args].join(' '),
      memoryBytes: 8_600_000,
      hasTerminal: terminal !== undefined,
    }),
    pid,
    ...(terminal === undefined ? {} : { terminal }),
  })
  return { machine: machine.name, pid }
}

/** ssh(1) between the machines of the world: a command there, or a shell until `exit`. */
export const sshProgram: Program = {
  names: ['ssh'],
  isInstalled: onMachines,
  run: async call => {
    const { world, machine, args, stdin, passage } = call
    const { host, words, port, patienceMs } = readWords(args)
    if (host === undefined)
      return { stderr: 'usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] destination [command]\n', exit: 255 }
    const opened = openConnection(world, { from: machine, host, port })
    if (!('units' in opened)) return { ...opened, tookMs: Math.min(opened.tookMs ?? 20, patienceMs) }
    const shell = accountsOf(opened).find(account => account.name === 'root')?.shell ?? ''
    if (/\/(nologin|false)$/.test(shell))
      return {
        stdout: shell.endsWith('nologin') ? 'This account is currently not available.\n' : '',
        exit: 1,
      }
    const post = { machine: opened, host: opened, container: undefined, user: 'root' }
    const command = words.length > 0 ? words.join(' ') : undefined
    const client = beginClient(call)
    const login = logIn(world, opened, { user: 'root', from: mainAddressOf(machine), command, client })
    if (command === undefined) {
      passage.enter(post, { login })
      return { tookMs: 300 }
    }
    try {
      await passage.sleep(HANDSHAKE_MS)
      return await passage.runAt(post, command, { stdin, login })
    } finally {
      logOut(world, opened, login)
    }
  },
}
