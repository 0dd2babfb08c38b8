import type { Diagnostic } from '../../base/index.ts'
import { pointOut } from '../point-out.ts'
import type { FenceBody, ReadFence } from '../shell/fence-body.ts'
import type { FenceStyle } from '../shell/prompts.ts'
import { readScript } from '../shell/read-script.ts'
import { findPrompts, readTranscript } from '../shell/read-transcript.ts'
import type { Block, LineRange } from '../types.ts'
import { noAttributes, readAttributes } from './read-attributes.ts'
import { splitInfo } from './split-info.ts'

/** A fence as Markdown sees it: its lines with those of its marks, and its content without indentation. */
export type Fence = {
  readonly lines: LineRange
  readonly text: string
  readonly closed: boolean
}

/** The block that a fence makes, and what was wrong with it. */
export type ParsedFence = { readonly block: Block; readonly diagnostics: readonly Diagnostic[] }

const styles: Readonly<Record<string, FenceStyle>> = {
  '': 'untagged',
  bash: 'script',
  sh: 'script',
  shell: 'script',
  zsh: 'script',
  ksh: 'script',
  console: 'console',
}

const opening = /(`{3,}|~{3,})[ \t]*(.*)$/

const remarkUnclosedFence = (line: number, column: number): Diagnostic =>
  pointOut({
    code: 'E_FENCE_UNCLOSED',
    severity: 'error',
    message: 'This fence is never closed: everything below it is read as its content, and none of it is run.',
    advice: 'Put the closing marks on a line of their own.',
    line,
    column,
    length: 3,
  })

/** Quote marks and blanks stay; a list's marker becomes blanks, so that text put there belongs to the same item. */
const prefixOf = (line: string): string => line.slice(0, line.search(/`{3}|~{3}/)).replace(/[^\s>]/g, ' ')

const readBody = (body: FenceBody, style: FenceStyle): ReadFence => {
  const prompts = findPrompts(body.lines, style)
  if (prompts.length > 0) return readTranscript(body, prompts)
  return style === 'untagged' ? { parts: [], diagnostics: [] } : readScript(body)
}

/**
 * Makes a block of a fence: commands when its language is a shell's, or when it has none but holds prompts; otherwise prose. A
 * fence that is never closed swallows the text below it, so nothing in it is a command.
 */
export const parseFence = (source: readonly string[], fence: Fence): ParsedFence => {
  const { lines } = fence
  const line = source[lines.first - 1] ?? ''
  const info = splitInfo(opening.exec(line)?.[2] ?? '')
  const style = Object.hasOwn(styles, info.language) ? styles[info.language] : undefined
  const prose: Block = { kind: 'prose', lines, inlines: [] }
  const column = Math.max(0, line.search(/`{3}|~{3}/)) + 1
  if (!fence.closed) return { block: prose, diagnostics: [remarkUnclosedFence(lines.first, column)] }
  if (style === undefined) return { block: prose, diagnostics: [] }
  const body = { lines: fence.text.split('\n'), firstLine: lines.first + 1, source }
  const { parts, diagnostics } = readBody(body, style)
  if (parts.length === 0) return { block: prose, diagnostics }
  const place = { line: lines.first, column: Math.max(0, line.indexOf('{')) + 1 }
  const read =
    info.attributes === undefined
      ? { attributes: noAttributes, diagnostics: [] }
      : readAttributes(info.attributes, place)
  const block: Block = { kind: 'commands', lines, prefix: prefixOf(line), attributes: read.attributes, parts }
  return { block, diagnostics: [...read.diagnostics, ...diagnostics] }
}
