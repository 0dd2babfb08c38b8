import type { Rectangle, Size } from './rectangle.ts'
import { shareRows } from './share-rows.ts'

/** The parts of the step screen. */
export type Pane = 'path' | 'layers' | 'explanation' | 'commands' | 'output' | 'findings' | 'next'

/** How many rows each part could fill. A step without commands and runs shows no output. */
export type StepWants = {
  readonly explanation: number
  readonly commands: number
  readonly findings: number
  readonly next: number
  readonly path: number
  readonly output: 'shown' | 'hidden'
}

/** A line with a part's title above it. */
export type Rule = { readonly pane: Pane; readonly x: number; readonly y: number; readonly width: number }

/** Where everything of the step screen stands. A part that is absent has no room. */
export type StepLayout = {
  readonly header: Rectangle
  readonly footer: Rectangle
  readonly panes: Partial<Readonly<Record<Pane, Rectangle>>>
  readonly rules: readonly Rule[]
  /** The column between the left side and the rest. */
  readonly divider: Rectangle | undefined
}

const layerRows = 6
const leastRowsForLayers = 22
const leastColumnsForLeft = 100

const leftWidth = (size: Size): number => {
  if (size.columns < leastColumnsForLeft) return 0
  return size.columns >= 160 ? 34 : 26
}

type Column = { readonly x: number; readonly width: number; readonly y: number; readonly height: number }
type Stacked = Pick<StepLayout, 'panes' | 'rules'>

/** A column of titled parts from top to bottom, each with a rule above. */
const stack = (column: Column, parts: readonly (readonly [Pane, number])[]): Stacked => {
  const panes: Partial<Record<Pane, Rectangle>> = {}
  const rules: Rule[] = []
  let y = column.y
  for (const [pane, height] of parts) {
    if (height <= 0) continue
    rules.push({ pane, x: column.x, y, width: column.width })
    panes[pane] = { x: column.x + 1, y: y + 1, width: Math.max(0, column.width - 2), height }
    y += height + 1
  }
  return { panes, rules }
}

const arrangeLeft = (column: Column, size: Size): Stacked => {
  if (column.width === 0) return { panes: {}, rules: [] }
  const layers = size.rows >= leastRowsForLayers ? layerRows : 0
  const path = column.height - 1 - (layers > 0 ? layers + 1 : 0)
  return stack(column, [
    ['path', path],
    ['layers', layers],
  ])
}

const portion = (rows: number, share: number, least: number): number =>
  Math.max(least, Math.floor(rows * share))

/** Rows for the main column. The explanation and the commands share one rule; `gap` is the empty row between the two. */
const mainHeights = (wants: StepWants, height: number) => {
  const isShown = wants.output === 'shown'
  const hasFindings = isShown && height >= 16
  const gap = wants.commands > 0 && height >= 18 ? 1 : 0
  const rules = 1 + (wants.next > 0 ? 1 : 0) + (isShown ? 1 : 0) + (hasFindings ? 1 : 0)
  const room = height - rules - gap
  const capped = (want: number, share: number): number => Math.min(want, portion(room, share, 2))
  const [commands, next, output, explanation, findings] = shareRows(
    [
      { least: Math.min(wants.commands, 2), most: capped(wants.commands, isShown ? 0.25 : 0.5) },
      { least: Math.min(wants.next, 2), most: capped(wants.next, 0.25) },
      { least: isShown ? 2 : 0, most: isShown ? portion(room, 0.25, 2) : 0 },
      { least: Math.min(wants.explanation, 1), most: isShown ? capped(wants.explanation, 0.45) : room },
      { least: hasFindings ? 1 : 0, most: hasFindings ? capped(Math.max(1, wants.findings), 0.2) : 0 },
    ],
    room,
  ) as [number, number, number, number, number]
  const spare = room - commands - next - output - explanation - findings
  return { commands, next, output: isShown ? output + spare : 0, explanation, findings, gap }
}

const arrangeMain = (column: Column, wants: StepWants): Stacked => {
  const { commands, next, output, explanation, findings, gap } = mainHeights(wants, column.height)
  const top = explanation + gap + commands
  const { panes, rules } = stack(column, [
    ['explanation', top],
    ['output', output],
    ['findings', findings],
    ['next', next],
  ])
  const step = panes.explanation
  if (step === undefined) return { panes, rules }
  const below = { ...step, y: step.y + explanation + gap, height: commands }
  return {
    rules,
    panes: {
      ...panes,
      explanation: { ...step, height: explanation },
      ...(commands > 0 ? { commands: below } : {}),
    },
  }
}

const bars = ({ columns, rows }: Size): Pick<StepLayout, 'header' | 'footer'> => ({
  header: { x: 0, y: 0, width: columns, height: 1 },
  footer: { x: 0, y: rows - 1, width: columns, height: 1 },
})

/**
 * The step screen for a size of at least 40×12: a header, a footer, on wide screens path and layers at the left, and the step, its
 * output, findings and ways on. Narrow screens give up the left side first, low ones the findings; commands always stay.
 */
export const arrangeStep = (size: Size, wants: StepWants): StepLayout => {
  const width = leftWidth(size)
  const body = { y: 1, height: size.rows - 2 }
  const left = arrangeLeft({ x: 0, width, ...body }, size)
  const mainX = width === 0 ? 0 : width + 1
  const main = arrangeMain({ x: mainX, width: size.columns - mainX, ...body }, wants)
  return {
    ...bars(size),
    panes: { ...left.panes, ...main.panes },
    rules: [...left.rules, ...main.rules],
    divider: width === 0 ? undefined : { x: width, width: 1, ...body },
  }
}

/** Columns for the explanation, the commands and the other parts of the main column. */
export const mainWidth = (size: Size): number => {
  const left = leftWidth(size)
  return size.columns - (left === 0 ? 0 : left + 1) - 2
}

/** One part alone over the whole body. The commands keep their explanation. */
export const arrangeZoom = (size: Size, pane: Pane, wants: StepWants): StepLayout => {
  const column = { x: 0, width: size.columns, y: 1, height: size.rows - 2 }
  const alone =
    pane === 'commands'
      ? arrangeMain(column, { ...wants, output: 'hidden', next: 0 })
      : stack(column, [[pane, column.height - 1]])
  return { ...bars(size), ...alone, divider: undefined }
}
