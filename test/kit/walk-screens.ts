import stringWidth from 'string-width'
import type { Terminal } from './tmux.ts'
import { waitFor } from './wait-for.ts'

/** A screen on the way of a walk: what leads there, and what tells it from others. */
export type Visit = {
  readonly name: string
  /** Leaves the screen before, which is waited for: what follows an escape at once would count as one key with it. */
  readonly from?: 'Escape'
  /** Typed first, then the keys, by tmux's names. */
  readonly type?: string
  readonly press?: readonly string[]
  readonly sees: RegExp
  /** What still says on the smallest screen which one it is; `sees` unless said. */
  readonly small?: RegExp
  /** What the last row offers at every size. */
  readonly keys: RegExp
  readonly patienceMs?: number
}

type Size = { readonly columns: number; readonly rows: number }

/** Each look costs a process of tmux, which must not take the time from the program that is looked at. */
const LOOK_MS = 40

const widest: Size = { columns: 200, rows: 60 }
const smallest: Size = { columns: 40, rows: 12 }

/** What is not the same twice: elapsed times and the hour. */
const withoutClock = (text: string): string =>
  text.replace(/\b\d+(?:\.\d)? m?s\b/g, 'some s').replace(/\b\d\d:\d\d(?::\d\d)?\b/g, 'some time')

/** What is wrong with a frame for a size: it must fill the terminal with no line longer than it and none too many. */
const faultsOf = (
  terminal: Terminal,
  { columns, rows }: Size,
  wanted: readonly RegExp[],
): readonly string[] => {
  const lines = terminal.lines()
  const last = lines.at(-1) ?? ''
  return [
    ...(lines.length === rows ? [] : [`${lines.length} lines for ${rows} rows: some were broken`]),
    ...lines.filter(line => stringWidth(line) > columns).map(line => `too long: ${line}`),
    ...(/^ \S/.test(lines[0] ?? '') ? [] : ['the first row is not the header']),
    ...wanted
      .slice(0, 1)
      .filter(text => !text.test(lines.join('\n')))
      .map(text => `nothing says ${text}`),
    ...wanted
      .slice(1)
      .filter(text => !text.test(last))
      .map(text => `the last row does not offer ${text}`),
  ]
}

const fits = (terminal: Terminal, size: Size, wanted: readonly RegExp[]): Promise<true> =>
  waitFor({
    what: `a whole frame of ${size.columns}×${size.rows}`,
    pollMs: LOOK_MS,
    probe: () => (faultsOf(terminal, size, wanted).length === 0 ? true : undefined),
    onTimeout: () => `${faultsOf(terminal, size, wanted).join('\n')}\n${terminal.screen()}`,
  })

/** The screen once it stands: the same twice in a row, a moment apart. */
const standing = (terminal: Terminal): Promise<string> => {
  let last = ''
  return waitFor({
    what: 'the screen to stand',
    pollMs: LOOK_MS,
    probe: () => {
      const before = last
      last = withoutClock(terminal.screen())
      return last === before ? last : undefined
    },
  })
}

/** Looks at the screen at its own size, a large and the smallest one, and whether it comes back as it was. */
const lookOver = async (
  terminal: Terminal,
  size: Size,
  { sees, small = sees, keys }: Visit,
): Promise<void> => {
  await fits(terminal, size, [sees, keys])
  const before = await standing(terminal)
  terminal.resize(widest.columns, widest.rows)
  await fits(terminal, widest, [sees, keys])
  terminal.resize(smallest.columns, smallest.rows)
  await fits(terminal, smallest, [small, keys])
  terminal.resize(size.columns, size.rows)
  await waitFor({
    what: 'the screen to be as it was before it was resized',
    pollMs: LOOK_MS,
    probe: () => (withoutClock(terminal.screen()) === before ? true : undefined),
    onTimeout: () => `before:\n${before}\nafter:\n${terminal.screen()}`,
  })
}

const pressAndSee = async (terminal: Terminal, key: string): Promise<void> => {
  const before = terminal.screen()
  terminal.press(key)
  await waitFor({
    what: `${key} to count`,
    probe: () => (terminal.screen() === before ? undefined : true),
    onTimeout: () => before,
  })
}

/** Types into a field and presses a key there; what comes at once with text would be taken for a part of it. */
const typeAndPress = async (terminal: Terminal, text: string, key: string | undefined): Promise<void> => {
  terminal.type(text)
  if (key === undefined) return
  await terminal.sees(text)
  await pressAndSee(terminal, key)
}

/** Goes from screen to screen and looks each over at three sizes; fails with the name of the one that is wrong. */
export const walkScreens = async (
  terminal: Terminal,
  size: Size,
  visits: readonly Visit[],
): Promise<void> => {
  for (const visit of visits) {
    const { name, from, type, press = [], sees, patienceMs } = visit
    try {
      if (from !== undefined) await pressAndSee(terminal, 'Escape')
      if (type !== undefined) await typeAndPress(terminal, type, press[0])
      const rest = type === undefined ? press : press.slice(1)
      if (rest.length > 0) terminal.press(...rest)
      await terminal.sees(sees, patienceMs)
      await lookOver(terminal, size, visit)
    } catch (error) {
      throw new Error(`${name}: ${error instanceof Error ? error.message : error}`)
    }
  }
}
