import { describe, expect, it } from 'vitest'
import { freshFolder, runProgram } from '../kit/program.ts'

const drill = (lines: readonly string[], ...options: readonly string[]) =>
  runProgram(
    ['drill', 'start', 'kubelet-stopped', '--plain', '--practice', '--state-dir', freshFolder(), ...options],
    `${lines.join('\n')}\n`,
  )

describe('a drill as linear text', () => {
  it('walks the runbook on the same cluster and comes back to the shell', { timeout: 60_000 }, () => {
    const { stdout, status } = drill([
      'triage',
      '! ssh worker-1 systemctl start kubelet',
      'run',
      'q',
      'for word in one two; do',
      'echo in-$word; done',
      'sleep 60',
      'kubectl get nodes',
      'finish',
    ])
    expect(stdout).toContain('Type r to run the reads')
    expect(stdout).toContain('in-two')
    expect(stdout).toMatch(/repair\s+35 of 35/)
    expect(stdout).toMatch(/practice without a clock/)
    expect(status).toBe(0)
  })

  it('is left without a score by give-up', { timeout: 60_000 }, () => {
    const { stdout, status } = drill(['give-up'])
    expect(stdout).not.toContain('Score')
    expect(status).toBe(1)
  })

  it('lists causes by a word, and lets the clock be until the drill has begun', { timeout: 60_000 }, () => {
    const { stdout } = drill(['diagnose kubelet', 'diagnose', 'clock', 'hostname', 'clock', 'give-up'])
    expect(stdout).toMatch(
      /is not the id of a cause[^\n]*\n(?: {2}\S.*\n)* {2}The kubelet does not run \(kubelet-down\)/,
    )
    expect(stdout).toContain('diagnose and a word lists the causes with it')
    expect(stdout).toContain('The clock counts again.')
    expect(stdout).toContain('The drill has begun: the clock stays as it is.')
  })

  it('lists its words again, which counts as no command', { timeout: 60_000 }, () => {
    const { stdout } = drill(['?', 'help', 'help cd', 'finish'])
    expect(stdout.match(/^ {2}diagnose CAUSE {3}/gm)).toHaveLength(3)
    expect(stdout).toMatch(/^(?:> )?cd: cd /m)
    expect(stdout).toContain('1 command; the short path')
  })

  it('is broken further by a teacher, which counts as nothing that the trainee ran', {
    timeout: 60_000,
  }, () => {
    const lines = [
      'inject on worker-2 systemctl is-active kubelet',
      'inject on nowhere true',
      'inject power-off',
      'inject power-off machine=worker-2',
      'sleep 90',
      'kubectl get nodes',
      'finish',
    ]
    const { stdout } = drill(lines, '--teacher')
    expect(stdout).toMatch(/^(?:> )?active\nDone\. It does not count/m)
    expect(stdout).toContain('That cannot be: there is no machine nowhere in the world mks.')
    expect(stdout).toContain('That cannot be: the parameter machine must be a text.')
    expect(stdout).toMatch(/worker-2\s+NotReady/)
    expect(stdout).toContain('2 commands; the short path')
    expect(drill(['inject power-off machine=worker-2', 'give-up']).stdout).toContain(
      'inject: command not found',
    )
  })
})
