import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { processesNamed } from './processes.ts'
import { waitFor } from './wait-for.ts'

const PROGRAM = '/usr/sbin/sshd'

/** Tells whether sshd is installed; tests of ssh skip aloud without it. */
export const hasSshd = (): boolean => {
  if (existsSync(PROGRAM)) return true
  console.warn(`SKIP: ${PROGRAM} is missing; install openssh-server to test ssh targets.`)
  return false
}

/** A real sshd on loopback that takes one key, and an ssh configuration in which it is called `lab`. */
export type Sshd = {
  readonly port: number
  readonly folder: string
  /** For `ssh -F`. It names the port, the identity and a list of known hosts of its own. */
  readonly configFile: string
  /** In the environment of everything that runs on the other side. */
  readonly mark: string
  /** Stops the listener and every connection in the way of a signal. */
  readonly signal: (signal: NodeJS.Signals) => void
  readonly kill: () => void
  readonly start: () => Promise<void>
  readonly changeHostKey: () => void
  readonly forgetHostKey: () => void
  readonly changeUserKey: () => void
  /** The private folders that targets made on the other side. */
  readonly remoteFolders: () => readonly string[]
  readonly end: () => void
}

const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

const answers = (port: number): Promise<true | undefined> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(undefined))
  })

/** Starts sshd with a configuration of its own. */
export const startSshd = async (): Promise<Sshd> => {
  // As root it insists on this folder, which its service would make.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true })
  const folder = mkdtempSync(join(tmpdir(), 'runtree-sshd-'))
  const port = await freePort()
  const mark = `RUNTREE_TEST=${randomUUID()}`
  const path = (name: string): string => join(folder, name)
  const makeKey = (name: string): void => {
    rmSync(path(name), { force: true })
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path(name)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
  }
  const learnHostKey = (): void => {
    const key = readFileSync(path('host.pub'), 'utf8')
    writeFileSync(path('known_hosts'), `[127.0.0.1]:${port} ${key}`)
  }
  makeKey('host')
  makeKey('user')
  learnHostKey()
  writeFileSync(path('authorized_keys'), readFileSync(path('user.pub')))
  chmodSync(path('authorized_keys'), 0o600)
  writeFileSync(
    path('sshd_config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${path('host')}`,
      `AuthorizedKeysFile ${path('authorized_keys')}`,
      'PermitRootLogin yes',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'UsePAM no',
      'StrictModes no',
      'PidFile none',
      // Whatever the start files of the home folder here do is not what is tested.
      `SetEnv ${mark} HOME=${folder} XDG_RUNTIME_DIR=${folder}`,
      '',
    ].join('\n'),
  )
  writeFileSync(
    path('ssh_config'),
    [
      'Host lab',
      '  HostName 127.0.0.1',
      `  Port ${port}`,
      `  User ${userInfo().username}`,
      `  IdentityFile ${path('user')}`,
      '  IdentitiesOnly yes',
      '  IdentityAgent none',
      `  UserKnownHostsFile ${path('known_hosts')}`,
      '  GlobalKnownHostsFile /dev/null',
      '  StrictHostKeyChecking ask',
      '',
    ].join('\n'),
  )
  let listener: ChildProcess | undefined
  const pids = new Set<number>()
  const note = (): void => {
    for (const pid of processesNamed(path('sshd_config'))) pids.add(pid)
  }
  const everyPid = (): readonly number[] => {
    note()
    const all = [...pids]
    const children = execFileSync('ps', ['-eo', 'pid,ppid,comm'], { encoding: 'utf8' })
      .split('\n')
      .map(row => row.trim().split(/\s+/))
      .filter(([, , comm]) => comm === 'sshd')
      .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }))
    const found = new Set(all)
    for (const pid of found) for (const child of children) if (child.parent === pid) found.add(child.pid)
    return [...found]
  }
  const signal = (name: NodeJS.Signals): void => {
    for (const pid of everyPid()) {
      try {
        process.kill(pid, name)
      } catch {
        pids.delete(pid)
      }
    }
  }
  const start = async (): Promise<void> => {
    if (listener !== undefined && listener.exitCode === null && listener.signalCode === null)
      await once(listener, 'exit')
    listener = spawn(PROGRAM, ['-D', '-f', path('sshd_config'), '-E', path('sshd.log')], { stdio: 'ignore' })
    await waitFor({
      what: 'sshd to answer',
      probe: () => answers(port),
      onTimeout: () => readFileSync(path('sshd.log'), 'utf8'),
    })
  }
  const kill = (): void => {
    signal('SIGKILL')
    listener?.kill('SIGKILL')
  }
  await start()
  return {
    ...{ port, folder, mark, configFile: path('ssh_config'), signal, kill, start },
    changeHostKey: () => makeKey('host'),
    forgetHostKey: () => writeFileSync(path('known_hosts'), ''),
    changeUserKey: () => makeKey('user'),
    remoteFolders: () => readdirSync(folder).filter(name => name.startsWith('runtree-')),
    end: () => {
      kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
