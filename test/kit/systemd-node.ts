import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { waitFor } from './wait-for.ts'

const BOOT_PATIENCE_MS = 40_000
const NSPAWN = '/usr/bin/systemd-nspawn'
const SSHD = '/usr/sbin/sshd'

const mountOverlay = (folder: string): void => {
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder])
  for (const name of ['upper', 'work', 'root']) mkdirSync(join(folder, name))
  const layers = `lowerdir=/,upperdir=${folder}/upper,workdir=${folder}/work`
  execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', layers, join(folder, 'root')], { stdio: 'pipe' })
}

const unmount = (folder: string): void => {
  for (const path of [join(folder, 'root'), folder]) spawnSync('umount', ['-l', path], { stdio: 'ignore' })
  rmSync(folder, { recursive: true, force: true })
}

const whyNot = (): string | undefined => {
  if (process.getuid?.() !== 0) return 'it takes root'
  for (const program of [NSPAWN, SSHD, '/usr/bin/nsenter', '/lib/systemd/systemd'])
    if (!existsSync(program)) return `${program} is missing (systemd-container, openssh-server, util-linux)`
  const folder = mkdtempSync(join(tmpdir(), 'runtree-probe-'))
  try {
    mountOverlay(folder)
    return undefined
  } catch (error) {
    return `no overlay of / can be mounted: ${error instanceof Error ? error.message : error}`
  } finally {
    unmount(folder)
  }
}

/** Tells whether a node with a real systemd can be had here; tests of it skip aloud otherwise. */
export const hasSystemdNode = (): boolean => {
  const reason = whyNot()
  if (reason !== undefined) console.warn(`SKIP the node with a real systemd: ${reason}.`)
  return reason === undefined
}

/** A machine of its own with a real systemd: an overlay of this machine's files, and ssh into it without a network. */
export type SystemdNode = {
  /** For `ssh -F`; the node is called `lab`. */
  readonly configFile: string
  /** In the environment of all that runs on it through ssh. */
  readonly mark: string
  /** Writes a file on the node. Programs are executable. */
  readonly write: (path: string, text: string) => void
  /** Runs a line on the node beside ssh, and gives what it printed. */
  readonly run: (line: string) => string
  /** Ids (as the node counts them) and command lines of what runs there through ssh. */
  readonly processes: () => readonly string[]
  readonly end: () => Promise<void>
}

/** What is on the node before it boots: files by their path, folders copied there, and the units that are started. */
export type NodeSetup = {
  readonly files?: Readonly<Record<string, string>>
  readonly copies?: Readonly<Record<string, string>>
  readonly enabled?: readonly string[]
  readonly hostname?: string
}

const isProgram = (path: string): boolean => /\/s?bin\//.test(path)

const writeIn = (root: string, path: string, text: string): void => {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  rmSync(file, { force: true })
  writeFileSync(file, text)
  chmodSync(file, isProgram(path) ? 0o755 : 0o644)
}

/** Units of this machine's own packages are none of the node's. */
const forgetOwnUnits = (root: string): void => {
  const folder = join(root, 'etc/systemd/system')
  for (const name of readdirSync(folder))
    if (/\.(?:wants|requires)$/.test(name) || !lstatSync(join(folder, name)).isDirectory())
      rmSync(join(folder, name), { recursive: true })
  rmSync(join(root, 'var/log/journal'), { recursive: true, force: true })
}

const fill = (root: string, setup: NodeSetup): void => {
  forgetOwnUnits(root)
  writeIn(root, 'etc/hostname', `${setup.hostname ?? 'node-1'}\n`)
  for (const [path, text] of Object.entries(setup.files ?? {})) writeIn(root, path, text)
  for (const [path, from] of Object.entries(setup.copies ?? {}))
    cpSync(from, join(root, path), { recursive: true })
  const wants = join(root, 'etc/systemd/system/multi-user.target.wants')
  mkdirSync(wants, { recursive: true })
  for (const unit of setup.enabled ?? []) symlinkSync(`../${unit}`, join(wants, unit))
}

/** Keys and configuration of an sshd that is started for each connection, and of the ssh that reaches it. */
const prepareSsh = (folder: string, root: string, mark: string): ((leader: number) => string) => {
  const lab = join(root, 'var/lib/lab')
  mkdirSync(lab, { recursive: true })
  for (const name of ['host', 'user'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)])
  const copy = (name: string, to: string): void => {
    writeFileSync(join(lab, to), readFileSync(join(folder, name)), { mode: 0o600 })
  }
  copy('host', 'host')
  copy('user.pub', 'authorized_keys')
  // sshd reads it as the user that wants in.
  chmodSync(join(lab, 'authorized_keys'), 0o644)
  writeFileSync(join(folder, 'known_hosts'), `lab ${readFileSync(join(folder, 'host.pub'), 'utf8')}`)
  writeIn(
    root,
    'var/lib/lab/sshd_config',
    [
      'HostKey /var/lib/lab/host',
      'AuthorizedKeysFile /var/lib/lab/authorized_keys',
      'PermitRootLogin yes',
      'PasswordAuthentication no',
      'UsePAM no',
      'StrictModes no',
      `SetEnv ${mark} HOME=/var/lib/lab XDG_RUNTIME_DIR=/run`,
      '',
    ].join('\n'),
  )
  return leader => {
    const file = join(folder, 'ssh_config')
    const enter = `nsenter -t ${leader} -a ${SSHD} -i -f /var/lib/lab/sshd_config`
    const options = {
      ProxyCommand: `sh -c 'mkdir -p /proc/${leader}/root/run/sshd; exec ${enter}'`,
      User: 'root',
      IdentityFile: join(folder, 'user'),
      IdentitiesOnly: 'yes',
      IdentityAgent: 'none',
      UserKnownHostsFile: join(folder, 'known_hosts'),
      GlobalKnownHostsFile: '/dev/null',
    }
    const rows = Object.entries(options).map(([name, value]) => `  ${name} ${value}`)
    writeFileSync(file, `Host lab\n${rows.join('\n')}\n`)
    return file
  }
}

const readQuietly = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

// A child may be gone between the list and its name: nspawn has some that live only while it starts.
const childNamed = (parent: number, name: string): number | undefined =>
  readQuietly(`/proc/${parent}/task/${parent}/children`)
    .split(' ')
    .map(Number)
    .find(pid => pid > 0 && readQuietly(`/proc/${pid}/comm`).trim() === name)

/** The processes that carry the mark, with the ids that they have in the node's own count. */
const processesMarked = (mark: string): readonly string[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && readQuietly(`/proc/${name}/environ`).includes(mark))
    .flatMap(pid => {
      const inner = /^NSpid:.*\s(\d+)$/m.exec(readQuietly(`/proc/${pid}/status`))?.[1]
      const words = readQuietly(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()
      return inner === undefined || words === '' ? [] : [`${inner} ${words}`]
    })

const stop = async (nspawn: ChildProcess, leader: number | undefined): Promise<void> => {
  if (nspawn.exitCode !== null || nspawn.signalCode !== null) return
  const gone = once(nspawn, 'exit')
  if (leader === undefined) nspawn.kill('SIGKILL')
  // Killing the first process of a PID namespace ends all others; a shutdown in order would only take longer.
  else process.kill(leader, 'SIGKILL')
  await gone
}

/** Boots a node and waits until its units were started. */
export const startSystemdNode = async (setup: NodeSetup = {}): Promise<SystemdNode> => {
  const folder = mkdtempSync(join(tmpdir(), 'runtree-node-'))
  mountOverlay(folder)
  const root = join(folder, 'root')
  const mark = `RUNTREE_TEST=${randomUUID()}`
  fill(root, setup)
  const writeConfig = prepareSsh(folder, root, mark)
  const nspawn = spawn(
    NSPAWN,
    ['--quiet', '--boot', '--register=no', '--keep-unit', '--private-network', `--directory=${root}`],
    { stdio: 'ignore' },
  )
  const leader = await waitFor({
    what: 'the node to start',
    probe: () => childNamed(nspawn.pid ?? 0, 'systemd'),
    patienceMs: BOOT_PATIENCE_MS,
  })
  const run = (line: string): string => {
    const { stdout, stderr } = spawnSync('nsenter', ['-t', `${leader}`, '-a', 'bash', '-c', line], {
      encoding: 'utf8',
    })
    return `${stdout}${stderr}`
  }
  const end = async (): Promise<void> => {
    await stop(nspawn, leader)
    unmount(folder)
  }
  await waitFor({
    what: 'the node to have booted',
    probe: () => (run('systemctl is-active multi-user.target').trim() === 'active' ? true : undefined),
    onTimeout: () => run('systemctl list-jobs --no-pager'),
    patienceMs: BOOT_PATIENCE_MS,
  })
  return {
    configFile: writeConfig(leader),
    mark,
    write: (path, text) => writeIn(`/proc/${leader}/root`, path, text),
    run,
    processes: () => processesMarked(mark),
    end,
  }
}
