import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { openPlain, type PlainProgram } from '../kit/plain-program.ts'
import { processesNamed } from '../kit/processes.ts'
import { freshFolder } from '../kit/program.ts'
import { waitFor } from '../kit/wait-for.ts'

const MIB = 1024 * 1024
const document = fileURLToPath(new URL('../fixtures/e2e/hard-commands/hard-commands.md', import.meta.url))

let program: PlainProgram | undefined

const open = (step: string): PlainProgram => {
  program = openPlain(['open', `${document}#${step}`, '--state-dir', join(freshFolder(), 'state')])
  return program
}

/** Runs the step's command, consenting where it is asked. */
const runCommand = async (opened: PlainProgram): Promise<void> => {
  await opened.sees('Type r to run')
  opened.type('c1')
  opened.type('yes')
  opened.type('run')
}

const allGone = (text: string): Promise<true> =>
  waitFor({
    what: `no process with "${text}"`,
    probe: () => (processesNamed(text).length === 0 ? true : undefined),
  })

afterEach(() => program?.kill('SIGKILL'))

describe('a command that', () => {
  it('prints 200 MB ends, and memory stays under 200 MB', async () => {
    const opened = open('flood')
    await runCommand(opened)
    await opened.sees(/\[exit 0, [\d,]+ lines?\]/, 180_000)
    opened.type('q')
    expect(await opened.ended).toBe(0)
    expect(opened.peak()).toBeLessThan(200 * MIB)
  }, 200_000)

  it('ignores TERM is killed after its timeout', async () => {
    const opened = open('ignores-term')
    await runCommand(opened)
    await opened.sees('no answer in 1 s')
    await allGone('marker-ignores-term')
  })

  it('forks a child and exits leaves no process', async () => {
    const opened = open('forks-and-exits')
    await runCommand(opened)
    await opened.sees(/\[exit 0, 1 line\]/)
    await allGone('sleep 987654')
  })

  it('prints a megabyte without a newline is shown to its end', async () => {
    const opened = open('no-newline')
    await runCommand(opened)
    await opened.sees(/\[exit 0, [\d,]+ lines?\]/)
    const shown = opened.text().match(/^x+$/gm) ?? []
    expect(shown.join('')).toHaveLength(1_000_000)
  })

  it('prints invalid text and escapes reaches nobody’s terminal', async () => {
    const opened = open('invalid-text')
    await runCommand(opened)
    await opened.sees(/\[exit 0, 1 line\]/)
    const line =
      opened
        .text()
        .split('\n')
        .find(l => l.startsWith('bad')) ?? ''
    expect(line).toContain('a link end')
    expect(line).not.toMatch(/[\u0000-\u0008\u001b]|a title|http:/)
  })

  it('never ends runs until it is stopped', async () => {
    const opened = open('endless')
    await runCommand(opened)
    await opened.sees('$ tail -f /dev/null')
    await waitFor({ what: 'the command to run', probe: () => processesNamed('tail -f /dev/null')[0] })
    opened.kill('SIGINT')
    await opened.sees('[stopped, 0 lines]')
    await allGone('tail -f /dev/null')
  })
})
