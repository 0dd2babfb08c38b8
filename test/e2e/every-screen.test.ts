import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { freshFolder, programLine } from '../kit/program.ts'
import { hasTmux, openTerminal, type Terminal } from '../kit/tmux.ts'
import { type Visit, walkScreens } from '../kit/walk-screens.ts'

const canDrive = hasTmux()
if (!canDrive) console.warn('SKIP every screen: tmux is not installed')

const size = { columns: 120, rows: 40 }

/** A busy machine takes its time to start, and to break a cluster. */
const PREPARING_MS = 40_000

/** The program under a shell without line editing, which leaves the terminal as the program has left it. */
const start = (args: string): Terminal => {
  const folder = freshFolder()
  const before = join(folder, 'before')
  const program = `${programLine} ${args} --seed 1 --no-config --state-dir '${folder}'`
  const terminal = openTerminal({
    command: `stty -g > ${before}; ${program}; echo "ended with $?"; stty -g | cmp - ${before} && echo modes as before; exec cat -v`,
    ...size,
    env: { LANG: 'C.UTF-8' },
  })
  onTestFinished(() => terminal.end())
  return terminal
}

/** What the program must leave behind: the normal screen, a cursor, the modes it found, and no mark around what is pasted. */
const expectWhole = async (terminal: Terminal): Promise<void> => {
  await terminal.sees('modes as before')
  expect(terminal.ask('#{alternate_on} #{cursor_flag} #{wrap_flag} #{mouse_any_flag} #{keypad_flag}')).toBe(
    '0 1 1 0 0',
  )
  terminal.paste('pasted as it is')
  terminal.press('Enter')
  expect(await terminal.sees(/^pasted as it is$/m)).not.toContain('200~')
}

const help = /\? help$/
const cancel = /Esc cancel$/

const atHome: readonly Visit[] = [
  { name: 'home', sees: /What is wrong\?/, keys: /^ Enter open .*\? help$/, patienceMs: PREPARING_MS },
  {
    name: 'its runbooks',
    type: '2',
    sees: /Runbooks *│.*\n ❯ Start here/,
    small: /❯ Start here/,
    keys: help,
  },
  { name: 'a map', type: 'm', sees: /─ Map ─.*0 of \d+ steps visited/s, keys: /^ Enter go there/ },
  {
    name: 'its drills',
    from: 'Escape',
    type: '3',
    sees: /Fire drills *│.*\n ❯ /,
    small: /❯ /,
    keys: help,
  },
  { name: 'search', type: '/', sees: /─ Search ─/, keys: cancel },
  { name: 'what is found', type: 'etcd space', sees: /❯ etcd has no space/, keys: cancel },
  { name: 'actions', from: 'Escape', type: ':', sees: /─ Actions ─.*can be done now/s, keys: cancel },
  { name: 'help', from: 'Escape', type: '?', sees: /─ Keys ─/, keys: /^ Enter do it/ },
  { name: 'targets', from: 'Escape', type: 'T', sees: /─ Where do commands run\? ─/, keys: cancel },
]

const onSteps: readonly Visit[] = [
  { name: 'step', sees: /━ Kubelet ━/, keys: /^ Enter run .*\? help$/, patienceMs: PREPARING_MS },
  {
    name: 'step that ran',
    type: 'R',
    sees: /journalctl .*✓ done.*Start the kubelet +recommended/s,
    small: /→ Start the k/,
    keys: help,
  },
  {
    name: 'findings',
    type: 'ff',
    sees: /─ Findings ─.*❯ ✗ error {2}The kubelet/s,
    keys: /^ Enter show the line/,
  },
  {
    name: 'its line',
    press: ['Enter'],
    sees: /━ Output .*❯ .*Active/s,
    small: /━ Output .*❯ /s,
    keys: help,
  },
  { name: 'next step', type: 'n', sees: /━ Start the kubelet ━/, keys: help },
  { name: 'approval', press: ['Enter'], sees: /─ Run this\? ─.*worker-1/s, keys: /^ Esc do not run it/ },
  { name: 'refused', press: ['Escape'], sees: /━ Start the kubelet ━.*not run/s, keys: help },
  { name: 'asked again', press: ['Enter'], sees: /─ Run this\? ─/, keys: /^ Esc do not run it/ },
  { name: 'given', type: 'run', press: ['Enter'], sees: /━ Start the kubelet ━.*✓ done/s, keys: help },
  { name: 'note', type: 'N', sees: /─ Note ─/, keys: cancel },
  {
    name: 'journal',
    type: 'written',
    press: ['Enter', 'J'],
    sees: /─ Journal ─.*written/s,
    keys: /^ Enter/,
  },
  { name: 'report', from: 'Escape', type: 'p', sees: /─ Report ─/, keys: /s save/ },
  { name: 'save', type: 's', sees: /─ Save ─/, keys: cancel },
  { name: 'report again', press: ['Escape'], sees: /─ Report ─/, keys: /s save/ },
  {
    name: 'target',
    from: 'Escape',
    type: 'T',
    sees: /─ Target ─.*sim:kubelet-stopped/s,
    keys: /Esc close/,
  },
  { name: 'map', from: 'Escape', type: 'm', sees: /─ Map ─.*❯ .*▸/s, keys: /^ Enter go there/ },
  { name: 'search', from: 'Escape', type: '/', sees: /─ Search ─/, keys: cancel },
  { name: 'what is found', type: 'crashing cont', sees: /❯ Crashing containers/, keys: cancel },
  { name: 'chosen step', press: ['Enter'], sees: /━ Crashing containers ━/, keys: help },
  { name: 'values', type: 'v', sees: /─ Values ─.*CONTAINER_ID/s, keys: cancel },
  { name: 'edit', from: 'Escape', type: 'i', sees: /─ Edit the command ─/, keys: cancel },
  { name: 'own command', from: 'Escape', type: '!', sees: /─ Your own command ─/, keys: cancel },
  { name: 'copy', from: 'Escape', type: 'y', sees: /─ Copy ─/, keys: /^ Enter take/ },
  { name: 'leaving', from: 'Escape', press: ['Escape'], sees: /─ Leave runtree\? ─/, keys: /y leave/ },
]

const inDrill: readonly Visit[] = [
  { name: 'briefing', sees: /The pager says/, keys: /^ Enter to the runbook/, patienceMs: PREPARING_MS },
  { name: 'triage', press: ['Enter'], sees: /━ Quick scan ━/, keys: help, patienceMs: PREPARING_MS },
  { name: 'hints', type: 'H', sees: /─ Hints ─.*hints left/s, keys: /^ Enter next hint/ },
  { name: 'a hint', press: ['Enter'], sees: /Which node is it/, keys: /^ Enter next hint/ },
  { name: 'cause', from: 'Escape', type: 'D', sees: /─ What is the cause\? ─/, keys: /^ Enter name it/ },
]

const atEnd: readonly Visit[] = [
  { name: 'finish', type: 'X', sees: /─ Finish the drill\? ─/, keys: /n go on/ },
  { name: 'debrief', type: 'y', sees: /of 100/, keys: /leave/, patienceMs: PREPARING_MS },
]

/** The trainee's shell has the terminal for itself; tmux breaks its lines anew when it is resized, as every terminal does. */
const shell = async (terminal: Terminal): Promise<void> => {
  terminal.type('S')
  await terminal.sees(/root@workstation:~# ?\n/)
  for (const [columns, rows] of [
    [200, 60],
    [40, 12],
    [120, 40],
  ] as const) {
    terminal.resize(columns, rows)
    terminal.press('C-l')
    terminal.type(`echo $((${columns} + 1))`)
    terminal.press('Enter')
    await terminal.sees(new RegExp(`^${columns + 1}$`, 'm'))
  }
  expect(terminal.ask('#{alternate_on}')).toBe('0')
  terminal.type('exit')
  terminal.press('Enter')
}

describe.skipIf(!canDrive)('every screen fits the terminal, also after it was resized', () => {
  it('at home', { timeout: 120_000 }, async () => {
    const terminal = start('--target sim:kubelet-stopped')
    await walkScreens(terminal, size, atHome)
    terminal.press('Escape')
    await terminal.sees(/Fire drills/)
    terminal.type('q')
    await expectWhole(terminal)
  })

  it('on steps', { timeout: 120_000 }, async () => {
    const terminal = start('open mks-node#kubelet --target sim:kubelet-stopped')
    await walkScreens(terminal, size, onSteps)
    terminal.type('y')
    await expectWhole(terminal)
  })

  it('in a drill', { timeout: 120_000 }, async () => {
    const terminal = start('drill start kubelet-stopped')
    await walkScreens(terminal, size, inDrill)
    terminal.press('Escape')
    await terminal.sees(/━ Quick scan ━/)
    await shell(terminal)
    await terminal.sees(/━ Quick scan ━/)
    await walkScreens(terminal, size, atEnd)
    terminal.type('q')
    await expectWhole(terminal)
  })
})
