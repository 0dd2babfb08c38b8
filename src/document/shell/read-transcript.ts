import type { Diagnostic } from '../../base/index.ts'
import { toCaption } from './captions.ts'
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
import { type FenceStyle, findPrompt, type Prompt } from './prompts.ts'
import { type TakenCommand, takeCommand } from './take-command.ts'

type Prompted = { readonly index: number; readonly prompt: Prompt }

type Reading = {
  readonly body: FenceBody
  readonly parts: OpenPart[]
  readonly diagnostics: Diagnostic[]
  readonly patience: { left: number }
}

/** What the shell itself puts in front of a line that goes on. */
const continuationPrompt = /^\s*> ?/

/** The lines that begin with a prompt. Deeper ones than the first are output that shows prompts, such as a help text. */
export const findPrompts = (lines: readonly string[], style: FenceStyle): readonly Prompted[] => {
  const found = lines.flatMap((line, index) => {
    const prompt = findPrompt(line, style)
    return prompt === undefined ? [] : [{ index, prompt }]
  })
  const indent = found[0]?.prompt.indent ?? 0
  return found.filter(({ prompt }) => prompt.indent <= indent)
}

/** Comment lines directly above a prompt are the next command's caption, unless they may belong to the output above them. */
const commentsAbove = (lines: readonly string[], from: number, prompt: number): number => {
  let at = prompt
  while (at > from && lines[at - 1]?.trimStart().startsWith('#')) at -= 1
  const afterGap = at === from || lines[at - 1]?.trim() === ''
  return afterGap ? at : prompt
}

const take = ({ body, patience }: Reading, { index, prompt }: Prompted, end: number): TakenCommand => {
  const [first = '', ...more] = body.lines.slice(index, end)
  const continued = more.map(line => line.replace(continuationPrompt, ''))
  const typed = more.length > 0 && continuationPrompt.test(more[0] ?? '') ? continued : more
  const lines = [first.slice(prompt.length), ...typed]
  return takeCommand({ lines, end: lines.length, leadingOperators: 'leave', patience }, 0)
}

const addCommand = (reading: Reading, at: Prompted, taken: TakenCommand): OpenPart => {
  const { body, parts } = reading
  const { index, prompt } = at
  const span = spanInBody(body, [index, index + taken.last], taken.run)
  const part: OpenPart = {
    kind: 'command',
    run: taken.run,
    place: prompt.place,
    span,
    captions: taken.comments,
    sample: [],
  }
  parts.push(part)
  return part
}

/** Reads what was typed at a prompt and the output below it, up to the next prompt; gives the part, if it is a command. */
const readPrompted = (reading: Reading, at: Prompted, end: number): OpenPart | undefined => {
  const { body, parts, diagnostics } = reading
  const taken = take(reading, at, end)
  const output = body.lines.slice(at.index + taken.last + 1, end)
  const empty = taken.run === '' || taken.run.startsWith('#')
  if (empty || !taken.closed || taken.unmatched || whyNotCommand(taken.run) !== undefined) {
    if (!empty && !taken.closed) diagnostics.push(remarkUnclosed(body, at.index))
    addText(parts, at.index, body.lines.slice(at.index, end))
    return undefined
  }
  const part = addCommand(reading, at, taken)
  if (part.kind === 'command') for (const line of output) part.sample.push(line)
  return part
}

/** Reads a fence in which prompts stand: only what follows a prompt is a command, everything else is output. */
export const readTranscript = (body: FenceBody, prompts: readonly Prompted[]): ReadFence => {
  const { lines } = body
  const reading: Reading = { body, parts: [], diagnostics: [], patience: { left: lines.length + 1000 } }
  let from = 0
  let comments = commentsAbove(lines, 0, prompts[0]?.index ?? lines.length)
  if (comments > 0) addText(reading.parts, 0, lines.slice(0, comments))
  for (const [order, at] of prompts.entries()) {
    const next = prompts[order + 1]?.index ?? lines.length
    const captions = lines.slice(comments, at.index)
    from = at.index + 1
    comments = next < lines.length ? commentsAbove(lines, from, next) : next
    const part = readPrompted(reading, at, comments)
    if (part?.kind === 'command') part.captions = [...captions, ...part.captions]
  }
  return { parts: closeParts(body, reading.parts, toCaption), diagnostics: reading.diagnostics }
}
