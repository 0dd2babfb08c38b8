import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { processesWith } from '../kit/processes.ts'
import { hasSshd, type Sshd, startSshd } from '../kit/sshd.ts'
import { hasTmux, openTerminal, type Terminal } from '../kit/tmux.ts'

const driver = fileURLToPath(new URL('drivers/run-over-ssh.ts', import.meta.url))

const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

const start = async (): Promise<Sshd> => {
  const sshd = await startSshd()
  onTestFinished(sshd.end)
  return sshd
}

/** The driver in a real terminal, with a line to run on the other side's terminal. */
const runThere = (sshd: Sshd, ...args: readonly string[]): Terminal => {
  const [line = '', ...rest] = args
  const words = [process.execPath, driver, sshd.configFile, line, 'terminal', ...rest]
  const terminal = openTerminal({
    command: `${words.map(quote).join(' ')}; sleep 60`,
    columns: 150,
    rows: 24,
  })
  onTestFinished(terminal.end)
  return terminal
}

describe.skipIf(!hasSshd() || !hasTmux())('an interactive command on another machine', () => {
  it('talks to the person and gives its exit code and surroundings; nothing is captured', async () => {
    const terminal = runThere(
      await start(),
      'cd /usr; read -rp "name? " name; echo "hello $name from $(tty) $TERM"; exit 5',
    )
    await terminal.sees('name?')
    terminal.type('ops')
    terminal.press('Enter')
    await terminal.sees(/hello ops from \/dev\/\S+ (?:tmux|screen)/)
    await terminal.sees('outcome {"kind":"exited","code":5} captured 0 then in /usr')
  })

  it('may exit with 255 itself', async () => {
    const terminal = runThere(await start(), 'exit 255')
    await terminal.sees('outcome {"kind":"exited","code":255}')
  })

  it('is what Ctrl-C means, not this program', async () => {
    const terminal = runThere(await start(), 'echo started; sleep 600')
    await terminal.sees('started')
    terminal.press('C-c')
    await terminal.sees('outcome {"kind":"exited","code":130}')
  })

  it('ends with all its children when its time is over', async () => {
    const sshd = await start()
    const terminal = runThere(sshd, 'setsid sleep 600 & sleep 600', '1500')
    await terminal.sees('outcome {"kind":"timed-out","afterMs":1500}')
    expect(processesWith(sshd.mark).filter(entry => entry.includes('sleep'))).toEqual([])
  })
})

describe.skipIf(!hasSshd() || !hasTmux())('a connection that a person has to let through', () => {
  it('asks for the passphrase of a key on the terminal', async () => {
    const sshd = await start()
    const key = join(sshd.folder, 'user')
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'open sesame', '-f', key])
    const terminal = runThere(sshd, 'echo inside')
    await terminal.sees('Enter passphrase for key')
    terminal.type('open sesame')
    terminal.press('Enter')
    await terminal.sees('outcome {"kind":"exited","code":0}')
    expect(terminal.screen()).not.toContain('sesame')
  })

  it('asks about a host key that is not known, and takes no for an answer', async () => {
    const sshd = await start()
    sshd.forgetHostKey()
    const terminal = runThere(sshd, 'echo inside')
    await terminal.sees('Are you sure you want to continue connecting')
    terminal.type('no')
    terminal.press('Enter')
    await terminal.sees('The host key of lab is not known yet')
  })
})
