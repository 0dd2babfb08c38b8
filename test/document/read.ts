import { readFileSync } from 'node:fs'
import {
  type Block,
  type CommandBlock,
  type DocumentCommand,
  type ParsedDocument,
  parseDocument,
} from '../../src/document/index.ts'

/** Parses text as a document called `sample`. */
export const parse = (text: string): ParsedDocument => parseDocument({ name: 'sample', text })

/** The text of a file among the fixtures of the room. */
export const fixture = (path: string): string =>
  readFileSync(new URL(`../fixtures/document/${path}`, import.meta.url), 'utf8')

const fencesIn = (blocks: readonly Block[]): readonly CommandBlock[] =>
  blocks.flatMap(block => {
    if (block.kind === 'commands') return [block]
    if (block.kind === 'list') return block.items.flatMap(item => fencesIn(item.blocks))
    return block.kind === 'quote' ? fencesIn(block.blocks) : []
  })

/** All command fences of a document. */
export const fencesOf = ({ document }: ParsedDocument): readonly CommandBlock[] =>
  document.sections.flatMap(section => fencesIn(section.blocks))

/** All commands of a document. */
export const commandsOf = (parsed: ParsedDocument): readonly DocumentCommand[] =>
  fencesOf(parsed).flatMap(fence => fence.parts.flatMap(part => (part.kind === 'command' ? [part] : [])))

/** The commands of a fence with this content. */
export const commandsIn = (content: string, language = 'bash'): readonly DocumentCommand[] =>
  commandsOf(parse(`\`\`\`${language}\n${content}\n\`\`\`\n`))

/** What the commands of a fence with this content run. */
export const runs = (content: string, language = 'bash'): readonly string[] =>
  commandsIn(content, language).map(command => command.run)

/** The codes of a document's diagnostics with their places. */
export const codes = (text: string): readonly string[] =>
  parse(text).diagnostics.map(({ code, span }) => `${span.start.line}:${span.start.column} ${code}`)
