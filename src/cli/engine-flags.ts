import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** V8's switches that change while the program runs, with what they are at its start. */
const atStart = { 'semi-space-growth-factor': 2, 'heap-growing-percent': 0 } as const

type EngineFlag = keyof typeof atStart

const changed = new Map<EngineFlag, number>()

const set = (flag: EngineFlag, value: number): void => setFlagsFromString(`--${flag}=${value}`)

/** Changes a switch of the engine from now on. */
export const setEngineFlag = (flag: EngineFlag, value: number): void => {
  changed.set(flag, value)
  set(flag, value)
}

/**
 * Leaves the engine's heap for new objects as large as it is, in place of twice that whenever much survives: what floods through a screen
 * would let it grow to 67 MB, which a triage machine may be short of. Little is lost by it as long as most of what is made is soon done with.
 */
export const keepYoungHeap = (): void => setEngineFlag('semi-space-growth-factor', 1)

/** Large enough for what the frames of a flood leave behind, in bytes. */
const YOUNG_HEAP = 16_000_000

/** Lets the heap for new objects grow up to 17 MB, and no more from then on; false when it is as large. To be called again until then. */
export const growYoungHeap = (): boolean => {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')
  const isSmall = young !== undefined && young.space_size < YOUNG_HEAP
  setEngineFlag('semi-space-growth-factor', isSmall ? 2 : 1)
  return isSmall
}

type Collector = (options?: {
  readonly type: 'major'
  readonly execution: 'sync'
  readonly flavor: 'last-resort'
}) => void

/** The engine's own collector, which only a new context is given. */
const collector = (): Collector => {
  setFlagsFromString('--expose-gc')
  const collect: Collector = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  return collect
}

/**
 * Collects what the start has left in the old heap, some thirty milliseconds long. Until its first collection the engine lets that heap grow to
 * hundreds of megabytes; from then on it grows by less than a third before the engine begins with the next, bit by bit beside everything else.
 */
export const collectOldHeap = (): void => {
  set('heap-growing-percent', 30)
  collector()()
  set('heap-growing-percent', changed.get('heap-growing-percent') ?? atStart['heap-growing-percent'])
}

/**
 * Collects all that can be collected, and gives the system back what the engine would keep for later, some fifty milliseconds long: after a
 * flood that is a third of what the program has.
 */
export const giveBackMemory = (): void =>
  collector()({ type: 'major', execution: 'sync', flavor: 'last-resort' })

/** Does something with the switches as they were at the start: what the engine compiled under others it refuses to take. */
export const withFlagsAtStart = <T>(make: () => T): T => {
  for (const flag of changed.keys()) set(flag, atStart[flag])
  try {
    return make()
  } finally {
    for (const [flag, value] of changed) set(flag, value)
  }
}
