import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { freshFolder, jsonLines, programLine, runProgram } from '../kit/program.ts'
import { hasTmux, openTerminal, type Terminal } from '../kit/tmux.ts'

const drill = 'kubelet-stopped'
const prompt = /^\[\d\/\d+ min\] root@workstation:~# ?$/m

/** A busy machine takes its time to break a cluster. */
const PREPARING_MS = 40_000

const start = (folder: string): Terminal => {
  const terminal = openTerminal({
    command: `${programLine} drill start ${drill} --shell --state-dir '${folder}'; echo "status $?"`,
    columns: 110,
    rows: 100,
  })
  onTestFinished(() => terminal.end())
  return terminal
}

const enter = (terminal: Terminal, line: string): void => {
  terminal.type(line)
  terminal.press('Enter')
}

describe.skipIf(!hasTmux())('a drill at the terminal', () => {
  it('is told, worked in a shell, scored and looked back at', { timeout: 120_000 }, async () => {
    const folder = freshFolder()
    const terminal = start(folder)
    await terminal.sees(prompt, PREPARING_MS)
    enter(terminal, 'ssh worker-1')
    await terminal.sees('root@worker-1:~#')
    terminal.type('systemc')
    terminal.press('Tab')
    await terminal.sees(/# systemctl ?$/m)
    enter(terminal, ' start kubelet')
    enter(terminal, 'tr a-z A-Z <<EOF')
    await terminal.sees(/^> ?$/m)
    enter(terminal, 'written over lines')
    enter(terminal, 'EOF')
    await terminal.sees('WRITTEN OVER LINES')
    enter(terminal, 'while true; do')
    enter(terminal, 'echo turn; sleep 1; done')
    await terminal.sees(/^turn\nturn$/m)
    terminal.press('C-c')
    enter(terminal, 'echo ended by hand $?')
    await terminal.sees('ended by hand 130')
    enter(terminal, 'ping 127.0.0.1')
    await terminal.sees('icmp_seq=2')
    terminal.press('C-c')
    await terminal.sees('ping statistics')
    enter(terminal, 'diagnose kubelet-down')
    await terminal.sees('Right: kubelet-down')
    enter(terminal, 'finish')
    const screen = await terminal.sees(/status \d/)
    expect(screen).toMatch(/repair\s+35 of 35/)
    expect(screen).toContain('status 0')
    const scores = JSON.parse(runProgram(['drill', 'scores', '--json', '--state-dir', folder]).stdout)
    expect(scores).toMatchObject([{ drill, isTimed: true }])
  })

  it('goes to the triage screen and back, and again', { timeout: 120_000 }, async () => {
    const terminal = start(freshFolder())
    await terminal.sees(prompt, PREPARING_MS)
    terminal.resize(80, 24)
    for (const round of ['first', 'second']) {
      enter(terminal, 'clear')
      enter(terminal, 'triage')
      await terminal.sees('━ Quick scan ━')
      terminal.press('q')
      await terminal.sees(prompt)
      expect(terminal.ask('#{alternate_on}')).toBe('0')
      enter(terminal, `echo ${round} $((20 + 3))`)
      await terminal.sees(`${round} 23`)
    }
    enter(terminal, 'give-up')
    await terminal.sees('status 1')
  })
})

describe('a drill without a terminal', () => {
  it('is run by a script of intents, ends with the debrief, and has a report later', () => {
    const state = freshFolder()
    const script = join(state, 'script.txt')
    writeFileSync(script, 'run ssh worker-1 systemctl start kubelet\nhint\ndiagnose kubelet-down\nfinish\n')
    const ran = runProgram([
      'drill',
      'start',
      drill,
      '--headless',
      '--script',
      script,
      '--json',
      '--state-dir',
      state,
    ])
    const lines = jsonLines(ran.stdout)
    expect(ran.status).toBe(0)
    expect(lines.map(line => line.type)).toEqual(['line-run', 'hint-taken', 'cause-named', 'drill-debrief'])
    const [, id = ''] = /^Report: runtree report (\S+)/m.exec(ran.stderr) ?? []
    const told = JSON.parse(runProgram(['report', id, '--json', '--state-dir', state]).stdout)
    expect(told).toMatchObject({
      kind: 'drill',
      isRepaired: true,
      causes: [{ id: 'kubelet-down', wasNamed: true }],
    })
    expect(told.hints).toHaveLength(1)
    expect(lines.at(-1)).toMatchObject({ score: { hints: 1 }, causes: ['kubelet-down'] })
  })

  it('says what a line of the script should be', () => {
    const ran = runProgram(['drill', 'start', drill, '--headless', '--script', '-'], 'dance\n')
    expect(ran.status).toBe(2)
    expect(ran.stderr).toContain('E_CLI_DRILL_SCRIPT')
  })

  it('runs lines one after another in one shell, whose time and folder carry over', () => {
    const ran = runProgram(['drill', 'exec', 'healthy', '--json'], 'cd /etc\nsleep 90\npwd\nnosuch\n')
    const [first, second, third, fourth, state] = jsonLines(ran.stdout)
    expect(Date.parse(String(second?.at)) - Date.parse(String(first?.at))).toBeGreaterThanOrEqual(90_000)
    expect(third).toMatchObject({ command: 'pwd', exit: 0, stdout: '/etc\n' })
    expect(fourth).toMatchObject({ exit: 127 })
    expect(state).toEqual({ type: 'drill-state', repaired: true })
  })

  it('is solved by its script', () => {
    const ran = runProgram(['drill', 'solve', drill, '--json'])
    expect(ran.status).toBe(0)
    expect(jsonLines(ran.stdout).at(-1)).toMatchObject({ brokenBefore: true, repaired: true })
  })

  it('is found by a name that is nearly right', () => {
    const ran = runProgram(['drill', 'solve', 'kubelet-stoped'])
    expect(ran.status).toBe(2)
    expect(ran.stderr).toContain('Did you mean "kubelet-stopped"?')
  })
})
