import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { processesNamed } from '../kit/processes.ts'
import { freshFolder, programLine } from '../kit/program.ts'
import { hasTmux, openTerminal, type Terminal } from '../kit/tmux.ts'
import { waitFor } from '../kit/wait-for.ts'

const canDrive = hasTmux()
if (!canDrive) console.warn('SKIP the program in a terminal: tmux is not installed')

const sizes = [
  { columns: 120, rows: 40 },
  { columns: 80, rows: 24 },
]

let terminal: Terminal | undefined

/** A shell in a real terminal, so that what the program leaves behind can be seen. */
const openShell = async (size: (typeof sizes)[number]): Promise<Terminal> => {
  const env = { LANG: 'C.UTF-8', XDG_STATE_HOME: freshFolder() }
  const command = "env PS1='ready> ' bash --norc --noprofile"
  const opened = openTerminal({ command, ...size, env })
  terminal = opened
  await opened.sees('ready>')
  return opened
}

const startProgram = async (opened: Terminal, args: string): Promise<void> => {
  opened.type(`clear; ${programLine} ${args}; echo "ended with $?"`)
  opened.press('Enter')
}

/** What the terminal is like for the next program: the normal screen, with line editing and echo. */
const expectWhole = async (opened: Terminal): Promise<void> => {
  expect(opened.ask('#{alternate_on}')).toBe('0')
  expect(opened.ask('#{cursor_flag}')).toBe('1')
  expect(opened.ask('#{wrap_flag}')).toBe('1')
  opened.type('stty -a | tr " " "\\n" | grep -cx -e icanon -e echo')
  opened.press('Enter')
  await opened.sees(/^2$/m)
}

// top drops what is typed before it has set up the terminal, which is certain once it draws a second time.
const seesTopWork = async (opened: Terminal): Promise<void> => {
  const first = await opened.sees(/%Cpu/)
  await waitFor({
    what: 'top to draw again',
    probe: () => (opened.screen() === first ? undefined : true),
  })
}

/** The journal that the summary on the screen names; a narrow terminal breaks the line. */
const journalOn = (screen: string): string =>
  /Journal: (\S+(?:\n\S+)?)\n/.exec(screen)?.[1]?.replaceAll('\n', '') ?? ''

const lastEventOf = (journal: string): unknown =>
  JSON.parse(readFileSync(join(journal, 'journal.jsonl'), 'utf8').trim().split('\n').at(-1) ?? '')

afterEach(() => terminal?.end())

describe.skipIf(!canDrive).each(sizes)('the program in a terminal of $columns×$rows', size => {
  it('walks the disk step, runs top, is suspended, and leaves the terminal whole', async () => {
    const opened = await openShell(size)
    await startProgram(opened, 'open mks-node#disk')
    await opened.sees('df -h')
    await opened.sees('unchecked')
    opened.press('R')
    await opened.sees(/lsblk.*✓ done/)
    const judged = await opened.sees(/→ .*recommended/)
    expect(judged).toMatch(/ruled out/)

    opened.press('n')
    await opened.sees(/ (Memory|Free space|Free inodes) ━/)
    opened.press('[')
    await opened.sees(/━ Disk ━/)

    opened.press('?')
    await opened.sees('─ Keys ─')
    opened.press('Escape')
    await opened.sees(/━ Disk ━/)

    opened.type('!')
    await opened.sees(/of your own|Your own command/i)
    opened.type('top -d 0.2')
    opened.press('Enter')
    await seesTopWork(opened)
    opened.press('q')
    await opened.sees(/━ Disk ━/)

    opened.press('C-z')
    await opened.sees('Stopped')
    opened.type('fg')
    opened.press('Enter')
    await opened.sees(/━ Disk ━/)

    opened.press('q')
    // The shell told of the end already when the program was suspended; now it has its prompt again.
    const last = await opened.sees(/Journal: [^>]*ready>/)
    expect(last.match(/runtree: mks-node:/g)).toHaveLength(1)
    expect(lastEventOf(journalOn(last))).toMatchObject({ type: 'session-closed', status: 'left' })
    await expectWhole(opened)
  })

  it('stops what runs and leaves the terminal whole when it is told to end', async () => {
    const opened = await openShell(size)
    await startProgram(opened, 'open mks-node#disk')
    await opened.sees(/━ Disk ━/)
    // At once, as it comes when the program was busy with something else.
    opened.type('!sleep 300.5\r')
    await opened.sees(/sleep 300.5.*running/)
    for (const pid of processesNamed('open mks-node#disk')) process.kill(pid, 'SIGTERM')
    const last = await opened.sees('ended with 130')
    expect(lastEventOf(journalOn(last))).toMatchObject({ type: 'session-closed', status: 'interrupted' })
    expect(processesNamed('sleep 300.5')).toEqual([])
    await expectWhole(opened)
  })

  it('closes its journal when the terminal goes away', async () => {
    const opened = await openShell(size)
    const folder = freshFolder()
    await startProgram(opened, `open mks-node#disk --state-dir ${folder}`)
    await opened.sees(/━ Disk ━/)
    opened.end()
    await waitFor({
      what: 'the program to end',
      probe: () => (processesNamed(folder).length === 0 ? true : undefined),
    })
    const [session = ''] = readdirSync(join(folder, 'sessions'))
    expect(lastEventOf(join(folder, 'sessions', session))).toMatchObject({ status: 'interrupted' })
  })

  it('keeps its frame when the terminal is resized', async () => {
    const opened = await openShell(size)
    await startProgram(opened, '')
    await opened.sees('What is wrong')
    for (const [columns, rows] of [
      [200, 60],
      [60, 16],
      [40, 12],
    ] as const) {
      opened.resize(columns, rows)
      const screen = await opened.sees(/^ runtree/)
      expect(screen.split('\n').length).toBeLessThanOrEqual(rows + 1)
    }
    opened.resize(30, 8)
    await opened.sees(/40.?×.?12|too small|larger/i)
    opened.resize(size.columns, size.rows)
    await opened.sees('What is wrong')
    opened.press('q')
    await opened.sees('ended with 0')
    await expectWhole(opened)
  })
})
