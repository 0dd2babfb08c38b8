import { constants } from 'node:os'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Executor } from '../../src/targets/index.ts'
import { type LineRun, type LineSetup, requestFor, runLine, runUntilOutput } from '../kit/run-line.ts'
import { waitFor } from '../kit/wait-for.ts'

/** A target under test. Paths are those that the target sees. */
export type Subject = {
  readonly executor: Executor
  /** The folder of the programs in `test/fixtures/targets`. */
  readonly programs: string
  /** A folder that commands may write to. */
  readonly folder: string
  /** What is still running of all that the target's commands started. */
  readonly leftovers: () => readonly string[]
}

/** A kind of target. `open` gives a fresh one each time; the suite closes its executor. */
export type SubjectKind = { readonly name: string; readonly open: () => Promise<Subject> }

/** Far below what a command that nobody ends would take, and above what a machine needs that is busy with other tests: how quick an end is, a benchmark says. */
const BUSY_MS = 6000

const exited = (code: number) => ({ kind: 'exited', code })

/** What each target must do alike: starting, output, surroundings that carry over, and above all ending. */
export const describeExecutor = ({ name, open }: SubjectKind): void => {
  describe(`a ${name} target`, () => {
    let subject: Subject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(async () => {
      await subject.executor.close()
      await expect.poll(subject.leftovers, { timeout: BUSY_MS }).toEqual([])
    })

    const run = (line: string, setup?: LineSetup): Promise<LineRun> => runLine(subject.executor, line, setup)
    const program = (words: string): string => `${subject.programs}/${words}`

    describe('runs a command', () => {
      it('gives both streams apart and the exit code', async () => {
        expect(await run(program('exit-7'))).toMatchObject({
          outcome: exited(7),
          stdout: 'to stdout\n',
          stderr: 'to stderr\n',
        })
      })

      it('gives 128 and the number of the signal that ended it', async () => {
        expect((await run('kill -TERM $$')).outcome).toEqual(exited(143))
        expect((await run("bash -c 'kill -KILL $$'")).outcome).toEqual(exited(137))
      })

      it('takes any text as it is: lines, quotes, here-documents, loops', async () => {
        const line = `cat <<'END'\nit's $HOME \`x\` "\\\\"\nEND\nfor i in 1 2; do\n  printf '%s\\n' "a $i"\ndone # it's over`
        expect(await run(line)).toMatchObject({
          outcome: exited(0),
          stdout: 'it\'s $HOME `x` "\\\\"\na 1\na 2\n',
        })
      })

      it('says what is wrong with text that the shell cannot read', async () => {
        const { outcome, stderr } = await run('if true; then echo x')
        expect(outcome).toEqual(exited(2))
        expect(stderr).toContain('syntax error: unexpected end of file')
      })

      it('tells a missing program from one that may not be run', async () => {
        expect(await run('no-such-program')).toMatchObject({
          outcome: exited(127),
          stderr: expect.stringContaining('no-such-program: command not found'),
        })
        expect((await run(`touch ${subject.folder}/plain; ${subject.folder}/plain`)).outcome).toEqual(
          exited(126),
        )
      })

      it('gives it no input and no terminal', async () => {
        expect(await run('cat; read -r line || echo "nothing to read"; tty')).toMatchObject({
          stdout: 'nothing to read\nnot a tty\n',
        })
        expect((await run(': < /dev/tty')).outcome).toEqual(exited(1))
      })

      it('sets one language and no pagers', async () => {
        const { stdout } = await run('echo $LC_ALL $PAGER $SYSTEMD_PAGER $GIT_PAGER $TERM')
        expect(stdout).toBe('C.UTF-8 cat cat cat dumb\n')
      })

      it('lets it write to /dev/stdout and /dev/stderr', async () => {
        expect(await run('echo out > /dev/stdout; echo both | tee /dev/stderr')).toMatchObject({
          stdout: 'out\nboth\n',
          stderr: 'both\n',
        })
      })

      it('keeps a trap, a trace and options of the text from what happens around it', async () => {
        expect(await run('trap "echo bye" EXIT; exit 4')).toMatchObject({
          outcome: exited(4),
          stdout: 'bye\n',
        })
        expect(await run('set -euo pipefail; false | true; echo never')).toMatchObject({
          outcome: exited(1),
          stdout: '',
        })
        expect((await run('set -x; true')).stderr).toMatch(/^\++ true\n$/)
        expect((await run('set -u; (exit 3)')).outcome).toEqual(exited(3))
      })

      it('one at a time', async () => {
        const second: Promise<LineRun>[] = []
        const stop = new AbortController()
        await run(program('forever'), {
          signal: stop.signal,
          onChunk: () => {
            second.push(run('echo second'))
            stop.abort()
          },
        })
        expect((await second[0])?.outcome).toMatchObject({ kind: 'not-started', reason: 'refused' })
      })
    })

    describe('relays output', () => {
      it('while the command runs', async () => {
        const { outcome, stdout } = await runUntilOutput(subject.executor, program('forever'), {
          mode: 'follow',
        })
        expect(outcome).toEqual({ kind: 'canceled' })
        expect(stdout).toMatch(/^line 1\n/)
      })

      it('of an unfinished line when nothing more comes', async () => {
        const line = 'sleep 0.3; printf "Continue? "; exec sleep 600'
        expect(await runUntilOutput(subject.executor, line)).toMatchObject({ stdout: 'Continue? ' })
      })

      it('whole, however much it is', async () => {
        const { outcome, stdout } = await run(program('flood 20'))
        expect(outcome).toEqual(exited(0))
        expect(stdout.length).toBe(20_000_000)
      })

      it('of a megabyte without a newline', async () => {
        expect((await run(program('no-newline-1mb'))).stdout).toBe('x'.repeat(1_000_000))
      })

      it('with characters that a buffer cut in two', async () => {
        expect((await run(program('multi-byte'))).stdout).toBe(`${'漢'.repeat(10)}\n`.repeat(10_000))
      })

      it('with what is no text made visible and escapes removed', async () => {
        expect((await run(program('invalid-utf8-and-escapes'))).stdout).toBe(
          'bad ��( end\nnul ␀ here\nlink\n\x1b[31mred\x1b[0mq\n100%\n',
        )
      })
    })

    describe('carries over', () => {
      it('the working directory and exported variables', async () => {
        await run('cd /usr; export A="a b" B=$\'x\\ny\'; C=not-exported; unset HOME')
        expect((await run('pwd; echo "$A|$B|$C|$(printenv HOME || echo none)"')).stdout).toBe(
          '/usr\na b|x\ny||none\n',
        )
      })

      it('also from a command that fails, exits, or has a trap of its own', async () => {
        await run('cd /usr; export A=1; false')
        await run('cd lib; export B=2; exit 3')
        await run('trap "echo bye" EXIT; export C=3')
        await run('set -e; export D=4; false')
        expect((await run('pwd; echo $A$B$C$D')).stdout).toBe('/usr/lib\n1234\n')
      })

      it('nothing from a command that was killed, stopped or ran out of time', async () => {
        await run('cd /usr; export A=1')
        await run('cd /; export A=2; kill -TERM $$')
        await run('cd /; export A=3; exec sleep 600', { timeoutMs: 50 })
        await runUntilOutput(subject.executor, 'cd /; export A=4; echo x; exec sleep 600')
        expect((await run('pwd; echo $A')).stdout).toBe('/usr\n1\n')
      })

      it('values, but not that they were read-only, nor what the shell keeps for itself', async () => {
        await run('declare -rx A=1; export SHELLOPTS; set -f')
        expect(await run('A=2; echo $A $-; export -p | grep -c RUNTREE_S')).toMatchObject({
          stdout: '2 hBc\n0\n',
          stderr: '',
        })
      })

      it('everything through a path with a symbolic link', async () => {
        await run(`ln -s /usr ${subject.folder}/link; cd ${subject.folder}/link`)
        expect((await run('pwd; cd ..; pwd; cd -')).stdout).toBe(
          `${subject.folder}/link\n${subject.folder}\n${subject.folder}/link\n`,
        )
      })

      it('variables, but not the folder, from a command with a folder of its own', async () => {
        await run('cd /usr')
        expect((await run('pwd; export A=1', { cwd: 'lib' })).stdout).toBe('/usr/lib\n')
        expect((await run('pwd; echo $A')).stdout).toBe('/usr\n1\n')
      })
    })

    describe('ends a command', () => {
      it('when its time is over, and keeps what it had printed', async () => {
        const { outcome, stdout } = await run(`${program('forever')} | cat`, { timeoutMs: 500 })
        expect(outcome).toEqual({ kind: 'timed-out', afterMs: 500 })
        expect(stdout).toMatch(/^line 1\nline 2\n/)
        await expect.poll(subject.leftovers, { timeout: BUSY_MS }).toEqual([])
      })

      it('that ignores being asked to, after two seconds more', async () => {
        const start = performance.now()
        const { outcome } = await runUntilOutput(subject.executor, `${program('ignores-term')} & wait`)
        expect(outcome).toEqual({ kind: 'canceled' })
        expect(performance.now() - start).toBeGreaterThan(1900)
        expect(performance.now() - start).toBeLessThan(2000 + BUSY_MS)
        await expect.poll(subject.leftovers, { timeout: BUSY_MS }).toEqual([])
      })

      it('with children in the background and in sessions of their own', async () => {
        const start = performance.now()
        const { outcome, stdout } = await run(`sleep 600 & ${program('setsid-escape 600')}`, {
          timeoutMs: 300,
        })
        expect({ outcome, stdout }).toEqual({
          outcome: { kind: 'timed-out', afterMs: 300 },
          stdout: 'a child escaped\n',
        })
        expect(performance.now() - start).toBeLessThan(BUSY_MS)
        await expect.poll(subject.leftovers, { timeout: BUSY_MS }).toEqual([])
      })

      it('that a shell forks just when it is asked to end', async () => {
        // A program that catches TERM and becomes another at once loses it as surely as a fork does now and then.
        const loses = `bash -c 'trap "exec sleep 600" TERM; echo; while :; do sleep 0.01; done'`
        const ending = `${subject.folder}/ending`
        await runUntilOutput(subject.executor, `trap : TERM; ${loses}; echo $? > ${ending}`)
        expect((await run(`cat ${ending}`)).stdout).toBe(`${128 + constants.signals.SIGTERM}\n`)
      })

      it('that is stopped', async () => {
        const start = performance.now()
        expect((await run('kill -STOP $$', { timeoutMs: 100 })).outcome.kind).toBe('timed-out')
        expect(performance.now() - start).toBeLessThan(BUSY_MS)
        await expect.poll(subject.leftovers, { timeout: BUSY_MS }).toEqual([])
      })

      it('before it has begun when it is already unwanted', async () => {
        const run = await runLine(subject.executor, `touch ${subject.folder}/began`, {
          signal: AbortSignal.abort(),
        })
        expect(run.outcome).toEqual({ kind: 'canceled' })
        expect((await runLine(subject.executor, `ls ${subject.folder}`)).stdout).toBe('')
      })

      it('that went and left a child behind which holds its output', async () => {
        const start = performance.now()
        const { outcome, stdout } = await run(program('forks-and-exits'))
        expect({ outcome, stdout }).toEqual({ outcome: exited(0), stdout: 'left a child\n' })
        expect(performance.now() - start).toBeLessThan(BUSY_MS)
        await expect.poll(subject.leftovers, { timeout: BUSY_MS }).toEqual([])
      })

      it('but waits a moment for the rest of its output', async () => {
        const said = `${subject.folder}/said-soon`
        const waits = `until [ -e ${said} ]; do sleep 0.01; done`
        const { stdout } = await run(`(${waits}; echo late) & echo soon; touch ${said}`)
        expect(stdout).toBe('soon\nlate\n')
      })

      it('when it is closed, and runs nothing after', async () => {
        const closed: Promise<void>[] = []
        const onChunk = (): void => void closed.push(subject.executor.close())
        expect((await run(program('forever'), { mode: 'follow', onChunk })).outcome).toEqual({
          kind: 'canceled',
        })
        await Promise.all(closed)
        await expect.poll(subject.leftovers, { timeout: BUSY_MS }).toEqual([])
        const refused = await subject.executor.run(
          requestFor('true'),
          () => undefined,
          new AbortController().signal,
        )
        expect(refused).toMatchObject({ kind: 'not-started', reason: 'refused' })
      })

      it('but not a child that it put into a session of its own; that is told nothing more of', async () => {
        const { chunks } = await run(`sleep 600 & ${program('setsid-escape 0')}; echo over`)
        const seen = chunks.length
        await run('echo next')
        expect(chunks.length).toBe(seen)
        expect(chunks.map(chunk => chunk.text).join('')).toBe('a child escaped\nover\n')
        const left = await waitFor({
          what: 'only the escaped child to be left',
          probe: () => {
            const [child, ...others] = subject.leftovers()
            return child?.includes('sleep') && others.length === 0 ? [child] : undefined
          },
          onTimeout: () => subject.leftovers().join(),
        })
        await run(`kill ${left[0]?.split(' ')[0]}`)
        await waitFor({ what: 'it to end', probe: () => subject.leftovers().length === 0 || undefined })
      })
    })
  })
}
