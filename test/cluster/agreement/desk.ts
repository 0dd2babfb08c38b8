import { type LineResult, type Shell, shellAt, type World } from '../../../src/cluster/index.ts'

/** One contradiction: which relation it breaks, where, and the two statements in words. */
export type Disagreement = {
  readonly relation: string
  readonly machine: string
  readonly says: string
}

/** Where relations are checked: it types lines into shells and notes what does not agree. */
export type Desk = {
  readonly machine: string
  /** What a line prints; asked twice by one relation, the first answer stands. */
  readonly type: (line: string, machine?: string) => Promise<LineResult>
  /** All answers must be the same; each is given under the name of the tool that gave it. */
  readonly same: (what: string, answers: Readonly<Record<string, unknown>>) => void
  /** A statement that must hold; `says` tells in words what was seen. */
  readonly holds: (isSo: boolean, says: string) => void
  /** Those of a list whose turn it is, where each of all would cost too much. */
  readonly some: <Item>(list: readonly Item[]) => readonly Item[]
  /** The machines of the world that answer. */
  readonly machines: () => Promise<readonly string[]>
}

/** A statement about what several tools say. */
export type Relation = {
  readonly name: string
  /** Whether it is checked on each machine or once, where kubectl is at hand. */
  readonly where: 'machine' | 'cluster'
  readonly check: (desk: Desk) => Promise<void>
}

export type Verdict = {
  readonly comparisons: number
  readonly disagreements: readonly Disagreement[]
}

const word = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text === undefined ? 'nothing' : text.length > 300 ? `${text.slice(0, 300)}…` : text
}

const wordDifference = (answers: Readonly<Record<string, unknown>>): string => {
  const lists = Object.entries(answers).filter((entry): entry is [string, unknown[]] =>
    Array.isArray(entry[1]),
  )
  if (lists.length < Object.keys(answers).length)
    return Object.entries(answers)
      .map(([tool, value]) => `${tool}: ${word(value)}`)
      .join(' | ')
  const sets = lists.map(([tool, list]) => [tool, new Set(list.map(word))] as const)
  const missing = sets.flatMap(([tool, own]) => {
    const others = new Set(sets.flatMap(([other, list]) => (other === tool ? [] : [...list])))
    const lacks = [...others].filter(item => !own.has(item))
    return lacks.length === 0
      ? []
      : [
          `${tool} lacks ${lacks.slice(0, 4).join(', ')}${lacks.length > 4 ? `, and ${lacks.length - 4} more` : ''}`,
        ]
  })
  return missing.join(' | ') || lists.map(([tool, list]) => `${tool}: ${list.length}`).join(' | ')
}

/** Keeps a shell a machine and what was typed there. */
const createTypist = (world: World) => {
  const shells = new Map<string, Shell>()
  const told = new Map<string, Promise<LineResult>>()
  const type = (line: string, machine: string): Promise<LineResult> => {
    const key = `${machine}$ ${line}`
    const known = told.get(key)
    if (known) return known
    const shell = shells.get(machine) ?? shellAt(world, { machine, hasTerminal: false })
    shells.set(machine, shell)
    const result = shell.run(line, { limitMs: 120_000 })
    told.set(key, result)
    return result
  }
  const answering = async (): Promise<readonly string[]> => {
    const names = [...world.machines.keys()]
    const answers = await Promise.all(names.map(name => type('true', name)))
    return names.filter((_, at) => answers[at]?.exit === 0)
  }
  const forget = (): void => told.clear()
  return { type, answering, forget }
}

/** Whether all is checked everywhere, as one does by hand: `AGREEMENT=all`. */
export const isThorough = process.env['AGREEMENT'] === 'all'

/** Of what costs much each look takes one in so many. */
const SHARE = 6

/** Those of a list whose turn it is: another part at each turn, all of them in turn. */
export const inTurn = <Item>(list: readonly Item[], turn: number, share = SHARE): readonly Item[] =>
  isThorough ? list : list.filter((_, at) => (at + turn) % share === 0)

/** Checks relations in a world, each at the places that it is about. `turn` says which part of what costs much is looked at. */
export const checkRelations = async (
  world: World,
  relations: readonly Relation[],
  turn = 0,
): Promise<Verdict> => {
  const { type, answering, forget } = createTypist(world)
  const disagreements: Disagreement[] = []
  let comparisons = 0
  const up = await answering()
  for (const relation of relations)
    for (const machine of relation.where === 'cluster' ? [world.home] : up) {
      const note = (isSo: boolean, says: () => string): void => {
        comparisons += 1
        if (!isSo) disagreements.push({ relation: relation.name, machine, says: says() })
      }
      // Time has passed since: what was told then would be compared with what is so now.
      forget()
      await relation.check({
        machine,
        machines: async () => up,
        some: list => inTurn(list, turn),
        type: (line, at = machine) => type(line, at),
        holds: (isSo, says) => note(isSo, () => says),
        same: (what, answers) => {
          const texts = Object.values(answers).map(value => JSON.stringify(value))
          note(new Set(texts).size <= 1, () => `${what}: ${wordDifference(answers)}`)
        },
      })
    }
  return { comparisons, disagreements }
}
