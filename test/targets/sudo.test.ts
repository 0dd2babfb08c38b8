import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import {
  createLocalExecutor,
  createSshExecutor,
  createSudoGate,
  type Executor,
} from '../../src/targets/index.ts'
import { callsSudo } from '../../src/targets/sudo/lines.ts'
import { runLine } from '../kit/run-line.ts'
import { hasSystemdNode, type SystemdNode, startSystemdNode } from '../kit/systemd-node.ts'
import { hasTmux, openTerminal, type Terminal } from '../kit/tmux.ts'
import { waitFor } from '../kit/wait-for.ts'

const driver = fileURLToPath(new URL('drivers/run-with-sudo.ts', import.meta.url))
const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

it('a call of sudo is seen where it stands, and its name elsewhere is not', () => {
  for (const line of ['sudo ls', 'cat x | sudo tee y', 'a; sudo -u b c', '$(sudo id)', 'xargs sudo rm'])
    expect(callsSudo(line)).toBe(true)
  for (const line of ['ls', 'type sudo', 'command -v sudo && echo x', 'cat /etc/sudo.conf', 'grep sudoers x'])
    expect(callsSudo(line)).toBe(false)
})

describe.skipIf(process.getuid?.() !== 0)('root without sudo', () => {
  it('runs what begins with sudo, and says that it does so without', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runtree-test-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const bin = join(folder, 'bin')
    mkdirSync(bin)
    // Other users are to find the programs too.
    chmodSync(folder, 0o755)
    for (const name of ['bash', 'id', 'env', 'cat', 'runuser', 'mkfifo', 'mktemp', 'sleep', 'rm'])
      symlinkSync(`/usr/bin/${name === 'runuser' ? '../sbin/runuser' : name}`, join(bin, name))
    const executor = createSudoGate(
      createLocalExecutor({ lendTerminal: use => use(), env: { PATH: bin } }),
      'never',
    )
    onTestFinished(executor.close)
    const { stdout, stderr } = await runLine(
      executor,
      'sudo -n -E id -u; echo x | sudo cat; sudo A=1 bash -c "echo $A-$A"; sudo -u nobody id -un',
    )
    expect(stdout).toBe('0\nx\n-\nnobody\n')
    expect(stderr).toBe('sudo is not installed here; you are root already, so the command runs without it.\n')
  })
})

describe.skipIf(!hasSystemdNode() || !hasTmux())('sudo on another machine', () => {
  let node: SystemdNode
  beforeAll(async () => {
    node = await startSystemdNode()
    node.run(`useradd -m ops; useradd -m guest; useradd -m easy; useradd -m some
      usermod -p '*' easy; echo 'ops:open sesame' | chpasswd; echo 'guest:let me in' | chpasswd; echo 'some:thing' | chpasswd
      printf 'ops ALL=(ALL) ALL\\neasy ALL=(ALL) NOPASSWD: ALL\\nsome ALL=(ALL) ALL, NOPASSWD: /usr/bin/id\\n' > /etc/sudoers.d/lab
      chmod 440 /etc/sudoers.d/lab; echo '127.0.0.1 localhost node-1' > /etc/hosts`)
  }, 90_000)
  afterAll(() => node.end())

  const connect = (user: string): Executor => {
    const runtimeFolder = mkdtempSync(join(tmpdir(), 'rt-'))
    const executor = createSudoGate(
      createSshExecutor({
        ...{ destination: { host: 'lab', user }, configFile: node.configFile, runtimeFolder },
        ...{ lendTerminal: use => use(), asking: 'never' },
      }),
      'never',
    )
    onTestFinished(async () => {
      await executor.close()
      rmSync(runtimeFolder, { recursive: true })
    })
    return executor
  }
  const inTerminal = (user: string, ...lines: readonly string[]) => {
    const words = [process.execPath, driver, node.configFile, user, ...lines]
    const command = `${words.map(quote).join(' ')}; sleep 60`
    const terminal = openTerminal({ command, columns: 200, rows: 40 })
    onTestFinished(terminal.end)
    return terminal
  }

  /** A login and a program's start take long on a busy machine. */
  const seesPrompt = (terminal: Terminal): Promise<unknown> =>
    waitFor({
      what: 'sudo to ask',
      probe: () => (terminal.screen().includes('password for ops') ? true : undefined),
      onTimeout: terminal.screen,
      patienceMs: 40_000,
    })

  it('runs as it is where it needs no password', async () => {
    expect(await runLine(connect('easy'), 'sudo id -un')).toMatchObject({ stdout: 'root\n', stderr: '' })
    expect(await runLine(connect('root'), 'sudo id -un')).toMatchObject({ stdout: 'root\n', stderr: '' })
  })

  it('decides itself where only some commands need a password', async () => {
    const executor = connect('some')
    expect((await runLine(executor, 'sudo id -un')).stdout).toBe('root\n')
    expect(await runLine(executor, 'sudo cat /etc/shadow')).toMatchObject({
      outcome: { kind: 'exited', code: 1 },
      stderr: expect.stringContaining('password is required'),
    })
  })

  it('is an outcome where it wants a password and nobody is asked', async () => {
    const { outcome, stdout } = await runLine(connect('ops'), 'echo begun; sudo id -un')
    expect(stdout).toBe('')
    expect(outcome).toMatchObject({
      reason: 'denied',
      message: expect.stringContaining('asks for a password'),
    })
  })

  it('is asked for once on the terminal, by sudo itself, and serves the whole session', async () => {
    const terminal = inTerminal(
      'ops',
      'id -un; sudo id -un',
      'cd /usr; echo hi | sudo cat; sudo pwd; sudo -u guest id -un; sudo sh -c "echo no >&2; exit 7"',
      'sudo sleep 600',
    )
    await seesPrompt(terminal)
    terminal.type('open sesame')
    terminal.press('Enter')
    await terminal.sees(/out<ops\s+root> err<>/)
    const screen = await terminal.sees(/"code":7\}\] out<hi\s+\/usr\s+guest> err<no>/)
    expect(screen).not.toContain('sesame')
    await terminal.sees(/timed-out.*3000/)
    await terminal.sees('closed')
    await waitFor({
      what: 'nothing of it to be left',
      probe: () =>
        node.run('pgrep -af "[r]untree-sudo|[s]leep 600"; ls -d /dev/shm/runtree-s* 2>/dev/null').trim() ===
        ''
          ? true
          : undefined,
      onTimeout: () => node.run('ps aux; ls /dev/shm'),
    })
  }, 120_000)

  it('that forbids it is told as such, with what sudo says', async () => {
    const { outcome, stdout, stderr } = await runLine(connect('guest'), 'echo begun; sudo id -un')
    expect(stdout).toBe('')
    expect(stderr).toContain('guest may not run sudo')
    expect(outcome).toMatchObject({
      reason: 'denied',
      message: expect.stringContaining('sudo does not let you run commands'),
    })
  })

  it('asks again for the same command after a refusal, and leaves others alone meanwhile', async () => {
    const line = 'echo begun; sudo id -un'
    const terminal = inTerminal('ops', line, 'sudo true', line)
    await seesPrompt(terminal)
    terminal.press('C-c')
    await terminal.sees(/denied[\s\S]*denied[\s\S]*password for ops/)
    terminal.type('open sesame')
    terminal.press('Enter')
    const screen = await terminal.sees('closed')
    expect(screen).toMatch(/out<begun\s+root>/)
    expect(screen.match(/out<begun/g)).toHaveLength(1)
  }, 120_000)
})
