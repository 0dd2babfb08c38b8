import type { Benchmark, Figure } from './figure.ts'
import { interleave, spreadOf } from './interleave.ts'
import { emptyNode, runtree } from './program.ts'
import { hasPty, openPty } from './pty.ts'

/** What only the home screen shows, a step before anything ran, and what the first command of the first runbook prints. */
const HOME = 'What is wrong?'
const STEP = 'Not run yet'
const ANSWER = 'No such file or directory'
const ENTER = '\r'

const frameOf = async (args: readonly string[]): Promise<number> => {
  const pty = openPty([...runtree, ...args])
  const ms = await pty.shows(HOME)
  pty.end()
  return ms
}

const emptyOnPty = async (): Promise<number> => {
  const pty = openPty([...emptyNode.slice(0, -1), 'console.log("there")'])
  const ms = await pty.shows('there')
  pty.end()
  return ms
}

type Answered = { readonly frameMs: number; readonly answeredMs: number }

/** From the start of the program to the answer of the first command on the simulated cluster. */
const answerOf = async (): Promise<Answered> => {
  const pty = openPty([...runtree, '--target', 'sim'])
  const frameMs = await pty.shows(HOME)
  pty.type(ENTER)
  await pty.shows(STEP)
  pty.type(ENTER)
  const answeredMs = await pty.shows(ANSWER)
  pty.end()
  return { frameMs, answeredMs }
}

const home = async (rounds: number): Promise<Figure> => {
  const { subjectMs, baselineMs, ratio } = await interleave({
    subject: () => frameOf([]),
    baseline: emptyOnPty,
    rounds,
  })
  const parts = { 'first frame': subjectMs, 'node, a line': baselineMs }
  return { name: 'first frame of home / node -e of one line', unit: 'x', spread: ratio, limit: 4, parts }
}

const simulated = async (rounds: number): Promise<readonly Figure[]> => {
  await answerOf()
  const runs: Answered[] = []
  for (let round = 0; round < rounds; round += 1) runs.push(await answerOf())
  return [
    {
      name: 'simulated cluster, first command answered / first frame',
      unit: 'x',
      spread: spreadOf(runs.map(({ frameMs, answeredMs }) => answeredMs / frameMs)),
      limit: 3,
      parts: {
        'first frame': spreadOf(runs.map(({ frameMs }) => frameMs)),
        'first command answered': spreadOf(runs.map(({ answeredMs }) => answeredMs)),
      },
    },
    {
      name: 'simulated cluster, from the first frame to the first answer',
      unit: 'ms',
      spread: spreadOf(runs.map(({ frameMs, answeredMs }) => answeredMs - frameMs)),
      limit: 1_500,
    },
  ]
}

/** What a person waits for: the first screen, and on the simulated cluster the first command's answer, two keys later. */
export const firstFrame: Benchmark = {
  rounds: 10,
  shortRounds: 3,
  run: async rounds =>
    hasPty()
      ? { figures: [await home(rounds), ...(await simulated(rounds))], skipped: [] }
      : { figures: [], skipped: ['script(1) is missing, so there is no terminal to draw on'] },
}
