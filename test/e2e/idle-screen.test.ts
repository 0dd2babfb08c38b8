import { spawn, spawnSync } from 'node:child_process'
import { setTimeout as pass } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { describe, it } from 'vitest'
import { freshFolder, programLine } from '../kit/program.ts'
import { waitFor } from '../kit/wait-for.ts'

const hasPty = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0
if (!hasPty) console.warn('SKIP the idle screen: script(1) is not installed')

/** How long a screen must stay silent. This is the thing that is measured, not a wait for something. */
const IDLE_MS = 5_000
/** Between two looks at what was written: nothing more in all of this means that the screen stands. */
const STILL_MS = 400
/** A busy machine takes its time to start, and to break a cluster. */
const PATIENCE_MS = 40_000

/** A screen: the keys that lead to it, one after the other, and what tells that it is there. */
type Stop = readonly [name: string, keys: readonly string[], shows: RegExp]

const enter = '\r'
const esc = '\x1b'

const atHome: readonly Stop[] = [
  ['home', [], /What is wrong/],
  ['search', ['/'], /Search/],
  ['palette', [esc, ':'], /Actions/],
  ['help', [esc, '?'], /Keys/],
  ['targets', [esc, 'T'], /Where do commands run/],
]

const onSteps: readonly Stop[] = [
  ['step', [], /Kubelet/],
  ['step that ran', ['R'], /recommended/],
  ['map', ['m'], /Map/],
  ['journal', [esc, 'J'], /Journal/],
  ['report', [esc, 'p'], /Report/],
  ['approval', [esc, 'n', enter], /Run this/],
]

const inDrill: readonly Stop[] = [
  ['briefing', [], /The pager says/],
  ['triage', [enter], /Quick scan/],
  ['hints', ['H'], /hints left/],
  ['cause', [esc, 'D'], /What is the cause/],
  ['debrief', [esc, 'X', 'y'], /of 100/],
]

const open = (args: string) => {
  const line = `stty cols 100 rows 30; exec ${programLine} ${args} --no-config --state-dir '${freshFolder()}'`
  const env = { ...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8' }
  const child = spawn('script', ['-qfec', line, '/dev/null'], { env })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  return {
    written: () => text,
    end: () => void child.kill('SIGKILL'),
    type: (key: string) => void child.stdin.write(key),
  }
}

type Program = ReturnType<typeof open>

const standing = async ({ written }: Program): Promise<void> => {
  for (let before = -1; before !== written().length; ) {
    before = written().length
    await pass(STILL_MS)
  }
}

const goTo = async (program: Program, [name, keys, shows]: Stop): Promise<void> => {
  let from = 0
  for (const key of keys) {
    from = program.written().length
    program.type(key)
    await standing(program)
  }
  await waitFor({
    what: name,
    patienceMs: PATIENCE_MS,
    probe: () => (shows.test(stripVTControlCharacters(program.written().slice(from))) ? true : undefined),
  })
  await standing(program)
}

/** What each screen of a walk wrote while nothing happened. */
const idleWrites = async (
  args: string,
  stops: readonly Stop[],
): Promise<Readonly<Record<string, string>>> => {
  const program = open(args)
  const writes: Record<string, string> = {}
  try {
    for (const stop of stops) {
      await goTo(program, stop)
      const stood = program.written().length
      await pass(IDLE_MS)
      writes[stop[0]] = program.written().slice(stood)
    }
  } finally {
    program.end()
  }
  return writes
}

const silence = (stops: readonly Stop[]) => Object.fromEntries(stops.map(([name]) => [name, '']))

describe.skipIf(!hasPty)('a screen on which nothing happens writes nothing at all for five seconds', () => {
  const patience = { timeout: 180_000 }

  it.concurrent.for([
    ['at home', '--target sim', atHome],
    ['on steps', 'open mks-node#kubelet --target sim:kubelet-stopped', onSteps],
    ['in a drill', 'drill start kubelet-stopped', inDrill],
  ] as const)('%s', patience, async ([_, args, stops], { expect }) => {
    expect(await idleWrites(args, stops)).toEqual(silence(stops))
  })
})
