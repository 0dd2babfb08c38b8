import type { DrillProgress } from '../../src/drill/index.ts'
import type { DrillEnd, DrillEntry, OpenDrill, ShellEnd } from '../../src/ui/drill-port.ts'

/** A drill of the list. */
export const aDrillEntry = (name: string, more: Partial<DrillEntry> = {}): DrillEntry => ({
  name,
  title: `The case of ${name}`,
  layer: 'node',
  level: 1,
  levelMeans: 'one fault, plain to see',
  parMinutes: 6,
  world: 'mks',
  best: undefined,
  ...more,
})

/** How a drill went that named the cause late, changed something, and missed the evidence. */
export const anEnd: DrillEnd = {
  debrief: {
    score: {
      points: 72,
      tookMs: 9 * 60_000,
      hints: 1,
      parts: [
        { name: 'cause', points: 25, of: 35, because: 'the cause was named after 1 wrong one' },
        { name: 'repair', points: 35, of: 35, because: 'the fault is repaired' },
        { name: 'harm', points: 5, of: 10, because: 'worker-2: containerd.service no longer running' },
        { name: 'time', points: 8, of: 10, because: '9.0 min, par 6 min' },
        { name: 'path', points: 4, of: 10, because: '9 commands; the short path has 3' },
        { name: 'hints', points: -5, of: 0, because: '1 taken' },
      ],
    },
    path: [
      {
        type: 'line-run',
        atMs: 0,
        line: 'kubectl get nodes -o wide',
        exit: 0,
        effect: 'read',
        shows: ['disk-full'],
      },
      { type: 'cause-named', atMs: 0, cause: 'swap-enabled', isRight: false },
      { type: 'hint-taken', atMs: 0, number: 1, text: 'Hint 1.' },
      { type: 'line-run', atMs: 0, line: 'systemctl stop containerd', exit: 0, effect: 'change', shows: [] },
      { type: 'cause-named', atMs: 0, cause: 'disk-full', isRight: true },
      {
        type: 'finished',
        atMs: 0,
        isRepaired: true,
        harm: ['worker-2: containerd.service no longer running'],
      },
    ],
    shortPath: [
      { line: 'kubectl get nodes', shows: ['disk-full'], wasRun: true },
      { line: 'ssh worker-1 systemctl start kubelet', shows: [], wasRun: false },
    ],
    missedEvidence: ['ssh worker-1 journalctl -u kubelet'],
    causes: ['disk-full'],
  },
  history: [40, 95, 72],
  recordId: '20261121-101500-abcd',
  problems: [],
}

/** A drill that only notes what is asked of it. */
export type FakeDrill = OpenDrill & {
  readonly asked: () => readonly string[]
  /** Lets a line have been run somewhere. */
  readonly run: () => void
}

/** A drill whose right cause is `disk-full`; its shell is left in the way that is given. */
export const createFakeDrill = (
  openSession: OpenDrill['openSession'],
  shellEnd: () => ShellEnd = () => 'back',
): FakeDrill => {
  const asked: string[] = []
  const listeners = new Set<() => void>()
  let progress: DrillProgress = {
    clock: 'timed',
    tookMs: 3 * 60_000,
    parMinutes: 6,
    lines: 0,
    hints: [],
    hintsLeft: 3,
    hintCosts: 5,
    causeGives: 35,
    named: [],
  }
  const set = (change: Partial<DrillProgress>): void => {
    progress = { ...progress, ...change }
    for (const listener of listeners) listener()
  }
  return {
    entry: aDrillEntry('quiet-node'),
    story: 'Monitoring paged: a worker of the shop is NotReady. It answers ping, and nobody touched it.',
    getProgress: () => progress,
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setClock: clock => set({ clock }),
    takeHint: () =>
      set({
        hints: [...progress.hints, `Hint ${progress.hints.length + 1}.`],
        hintsLeft: progress.hintsLeft - 1,
      }),
    nameCause: cause => {
      const isRight = cause === 'disk-full'
      set({ named: [...progress.named, { cause, isRight }] })
      return isRight ? 'right' : 'wrong'
    },
    openSession,
    enterShell: async () => {
      asked.push('shell')
      return shellEnd()
    },
    finish: async () => {
      asked.push('finish')
      return anEnd
    },
    close: async () => void asked.push('close'),
    asked: () => asked,
    run: () => set({ lines: progress.lines + 1 }),
  }
}
