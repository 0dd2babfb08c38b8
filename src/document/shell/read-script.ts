import type { Diagnostic } from '../../base/index.ts'
import { type CommentGroup, commentLines, sortComments, toCaption } from './captions.ts'
import {
  addText,
  closeParts,
  type FenceBody,
  type OpenPart,
  type ReadFence,
  remarkUnclosed,
  spanInBody,
} from './fence-body.ts'
import { whyNotCommand } from './not-a-command.ts'
import { type ShellLines, type TakenCommand, takeCommand } from './take-command.ts'

type Reading = {
  readonly body: FenceBody
  readonly shell: ShellLines
  readonly parts: OpenPart[]
  readonly diagnostics: Diagnostic[]
  groups: CommentGroup[]
  at: number
}

const heading = /^[A-Z][A-Z0-9_%()/ -]*$/

/** The header of a table, as `kubectl get` and its like print it: no shell line looks so. */
const isTableHeader = (line: string): boolean => {
  const columns = line.slice(0, 500).trim().split(/ {2,}/)
  return columns.length > 1 && columns.every(column => heading.test(column))
}

const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === ''

const readComments = (reading: Reading): void => {
  const { lines } = reading.body
  const index = reading.at
  const texts: string[] = []
  while (lines[reading.at]?.trimStart().startsWith('#')) texts.push(lines[reading.at++] ?? '')
  reading.groups.push({ index, texts, touchesAbove: index > 0 && !isBlank(lines[index - 1]) })
}

/** Hands the comments that were gathered to the command above and to text; gives those that speak of what is below. */
const settleComments = (reading: Reading, next: number | undefined): readonly CommentGroup[] => {
  const { parts } = reading
  const { above, notes, below } = sortComments(reading.groups, next)
  const last = parts.at(-1)
  const owner = last?.kind === 'command' ? last : undefined
  if (owner !== undefined) owner.captions = [...owner.captions, ...commentLines(above)]
  const texts = owner === undefined ? reading.groups.filter(group => !below.includes(group)) : notes
  for (const note of texts) addText(parts, note.index, note.texts)
  reading.groups = []
  return below
}

/** Output that the author left below a command without any prompt, from a table's header to the next blank line. */
const readTable = (reading: Reading, part: OpenPart): void => {
  const { lines } = reading.body
  if (part.kind !== 'command' || !isTableHeader(lines[reading.at] ?? '')) return
  while (!isBlank(lines[reading.at])) part.sample.push(lines[reading.at++] ?? '')
}

const addCommand = (reading: Reading, taken: TakenCommand, comments: readonly CommentGroup[]): void => {
  const { body, parts, at } = reading
  const span = spanInBody(body, [at, taken.last], taken.run)
  const captions = [...commentLines(comments), ...taken.comments]
  const part: OpenPart = { kind: 'command', run: taken.run, place: undefined, span, captions, sample: [] }
  parts.push(part)
  reading.at = taken.last + 1
  readTable(reading, part)
}

const isCommand = (taken: TakenCommand): boolean =>
  taken.closed && !taken.unmatched && whyNotCommand(taken.run) === undefined

const addNonCommand = (reading: Reading, taken: TakenCommand, comments: readonly CommentGroup[]): void => {
  const { body, parts, diagnostics, at } = reading
  const unclosed = !taken.closed && whyNotCommand(taken.run) === undefined
  if (unclosed) diagnostics.push(remarkUnclosed(body, at))
  const first = comments[0]?.index ?? at
  addText(parts, first, body.lines.slice(first, taken.last + 1))
  reading.at = taken.last + 1
}

const readUnit = (reading: Reading): void => {
  const taken = takeCommand(reading.shell, reading.at)
  const comments = settleComments(reading, reading.at)
  if (isCommand(taken)) addCommand(reading, taken, comments)
  else addNonCommand(reading, taken, comments)
}

/** Reads a fence of commands without prompts. */
export const readScript = (body: FenceBody): ReadFence => {
  const { lines } = body
  const patience = { left: lines.length + 1000 }
  const shell: ShellLines = { lines, end: lines.length, leadingOperators: 'join', patience }
  const reading: Reading = { body, shell, parts: [], diagnostics: [], groups: [], at: 0 }
  while (reading.at < lines.length) {
    if (isBlank(lines[reading.at])) reading.at += 1
    else if (lines[reading.at]?.trimStart().startsWith('#')) readComments(reading)
    else readUnit(reading)
  }
  settleComments(reading, undefined)
  return { parts: closeParts(body, reading.parts, toCaption), diagnostics: reading.diagnostics }
}
