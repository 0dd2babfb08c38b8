import { type Pipeline, readPipeline, TemplateProblem, tokensOf } from './words.ts'

/** A pipeline with the variables that its value is given to, the key's first where there are two. */
export type Assigned = { readonly names: readonly string[]; readonly pipeline: Pipeline }

/** A part of a template. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print'; readonly assigned: Assigned }
  | {
      readonly kind: 'if' | 'range' | 'with'
      readonly assigned: Assigned
      readonly body: readonly Part[]
      readonly otherwise: readonly Part[]
    }

type Piece = { readonly text: string } | { readonly code: string }

/** Cuts a template at its actions; a dash at one's edge takes the blanks beside it away. */
const piecesOf = (template: string): readonly Piece[] => {
  const pieces: Piece[] = []
  let isTrimming = false
  let at = 0
  for (const found of template.matchAll(/\{\{(-\s)?((?:"(?:\\.|[^"\\])*"|`[^`]*`|[\s\S])*?)(\s-)?\}\}/g)) {
    const before = template.slice(at, found.index)
    const open = isTrimming ? before.trimStart() : before
    pieces.push({ text: found[1] === undefined ? open : open.trimEnd() })
    if (!/^\s*\/\*/.test(found[2] ?? '')) pieces.push({ code: (found[2] ?? '').trim() })
    isTrimming = found[3] !== undefined
    at = found.index + found[0].length
  }
  const rest = template.slice(at)
  if (rest.includes('{{')) throw new TemplateProblem('unclosed action')
  return [...pieces, { text: isTrimming ? rest.trimStart() : rest }]
}

const readAssigned = (code: string): Assigned => {
  const tokens = tokensOf(code)
  const at = tokens.findIndex(token => token === ':=' || token === '=')
  return {
    names: tokens.slice(0, Math.max(0, at)).filter(token => token.startsWith('$')),
    pipeline: readPipeline(tokens.slice(at + 1)),
  }
}

/** Reads a template; throws what is wrong with it. */
export const parseTemplate = (template: string): readonly Part[] => {
  const pieces = piecesOf(template)
  let at = 0
  /** Reads until `end` or `else`, which it leaves for whom has begun. */
  const readParts = (isInside: boolean): readonly Part[] => {
    const parts: Part[] = []
    for (; at < pieces.length; at++) {
      const piece = pieces[at]
      if (piece === undefined) break
      if ('text' in piece) {
        parts.push({ kind: 'text', text: piece.text })
        continue
      }
      const [, word = '', rest = ''] = /^(\w*)\s*([\s\S]*)$/.exec(piece.code) ?? []
      if (word === 'end' || word === 'else') {
        if (!isInside) throw new TemplateProblem(`unexpected {{${word}}}`)
        return parts
      }
      if (word === 'if' || word === 'range' || word === 'with') parts.push(readBlock(word, rest))
      else parts.push({ kind: 'print', assigned: readAssigned(piece.code) })
    }
    if (isInside) throw new TemplateProblem('unexpected EOF')
    return parts
  }
  const readBlock = (kind: 'if' | 'range' | 'with', code: string): Part => {
    const assigned = readAssigned(code)
    at += 1
    const body = readParts(true)
    const [, next, rest = ''] = /^else(?:\s+(if|with)\s+([\s\S]*))?$/.exec(codeAt()) ?? []
    if (next === 'if' || next === 'with') return { kind, assigned, body, otherwise: [readBlock(next, rest)] }
    if (codeAt() !== 'else') return { kind, assigned, body, otherwise: [] }
    at += 1
    return { kind, assigned, body, otherwise: readParts(true) }
  }
  const codeAt = (): string => {
    const piece = pieces[at]
    return piece !== undefined && 'code' in piece ? piece.code : ''
  }
  return readParts(false)
}
