import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { processesWith } from '../kit/processes.ts'
import { runLine } from '../kit/run-line.ts'
import { hasTmux, openTerminal, type Terminal } from '../kit/tmux.ts'
import { openLocalTarget } from './local-target.ts'

const driver = fileURLToPath(new URL('drivers/run-on-terminal.ts', import.meta.url))

const mark = `RUNTREE_TEST=terminal-${randomUUID()}`

const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

/** A shell in a real terminal, into which the driver's command line was typed. */
const startDriver = async (...args: readonly string[]): Promise<Terminal> => {
  const terminal = openTerminal({
    command: 'PS1="ready> " bash --norc -i',
    columns: 150,
    rows: 24,
    env: { RUNTREE_TEST: mark.slice(mark.indexOf('=') + 1) },
  })
  onTestFinished(terminal.end)
  await terminal.sees('ready>')
  terminal.type(
    ['clear;', process.execPath, driver, ...args]
      .map((word, at) => (at === 0 ? word : quote(word)))
      .join(' '),
  )
  terminal.press('Enter')
  return terminal
}

describe('an interactive command without a terminal', () => {
  it('is refused with advice', async () => {
    const { executor } = openLocalTarget()
    const { outcome } = await runLine(executor, 'vi', { mode: 'interactive' })
    expect(outcome).toMatchObject({
      kind: 'not-started',
      reason: 'refused',
      message: expect.stringContaining('by hand'),
    })
    await executor.close()
  })
})

describe.skipIf(!hasTmux())('an interactive command on the terminal', () => {
  it('talks to the person and gives its exit code; nothing is captured', async () => {
    const terminal = await startDriver(
      'cd /usr; read -rp "name? " name; echo "hello $name from $(tty) $TERM"; exit 5',
    )
    await terminal.sees('name?')
    terminal.type('ops')
    terminal.press('Enter')
    await terminal.sees(/hello ops from \/dev\/\S+ (?:tmux|screen)/)
    await terminal.sees('outcome {"kind":"exited","code":5} captured 0 then in /usr listeners 1')
  })

  it('is what Ctrl-C means, not this program', async () => {
    const terminal = await startDriver('echo started; sleep 600')
    await terminal.sees('started')
    terminal.press('C-c')
    expect(await terminal.sees('outcome {"kind":"exited","code":130}')).not.toContain(
      'the driver was interrupted',
    )
  })

  it('is suspended together with this program by Ctrl-Z, and both go on', async () => {
    const terminal = await startDriver('read -rp "name? " name; echo "hello $name"')
    await terminal.sees('name?')
    terminal.press('C-z')
    await terminal.sees('Stopped')
    terminal.type('fg')
    terminal.press('Enter')
    await terminal.sees(/fg\n.*node/)
    terminal.type('ops')
    terminal.press('Enter')
    await terminal.sees('hello ops')
    await terminal.sees('outcome {"kind":"exited","code":0}')
  })

  it('runs full screen and gives the screen back', async () => {
    const terminal = await startDriver('seq 500 | less')
    await terminal.sees(/^23\n:$/m)
    expect(terminal.ask('#{alternate_on}')).toBe('1')
    terminal.press('q')
    await terminal.sees('outcome {"kind":"exited","code":0}')
    expect(terminal.ask('#{alternate_on}')).toBe('0')
  })

  it('ends with all its children when its time is over, and this program does not', async () => {
    const terminal = await startDriver('setsid sleep 600 & sleep 600', '300')
    await terminal.sees('outcome {"kind":"timed-out","afterMs":300}')
    expect(processesWith(mark).filter(entry => /^\d+ (?:setsid )?sleep/.test(entry))).toEqual([])
  })
})
