import GithubSlugger, { slug as toSlug } from 'github-slugger'
import type { Token, Tokens } from 'marked'
import type { Diagnostic } from '../../base/index.ts'
import type { Block, LineRange, Section } from '../types.ts'
import { createLexer } from './lex.ts'
import { countNewlines } from './line-math.ts'
import { type BlockWalk, parseBlocks } from './parse-blocks.ts'
import { parseInlines, textOfInlines } from './parse-inlines.ts'

/** A body's sections, what links can name in it, and what was wrong. */
export type ParsedSections = {
  readonly sections: readonly Section[]
  readonly anchors: ReadonlyMap<string, string>
  readonly diagnostics: readonly Diagnostic[]
}

/** The lines of a document and the index of the first that belongs to the body. */
export type Body = { readonly lines: readonly string[]; readonly bodyFrom: number }

type OpenSection = Pick<Section, 'slug' | 'title' | 'level'> & {
  readonly first: number
  readonly bodyFirst: number
  readonly blocks: Block[]
}

type Build = BlockWalk & {
  readonly slugger: GithubSlugger
  readonly anchors: Map<string, string>
  readonly open: OpenSection[]
}

/** Stands for the text before the first heading until all slugs are known. */
const unnamed = ''

/** A heading of signs alone has an empty slug on GitHub, which no link can name. */
const slugOf = (slugger: GithubSlugger, text: string): string =>
  slugger.slug(toSlug(text) === '' ? 'section' : text)

const current = (build: Build): OpenSection | undefined => build.open.at(-1)

const createBuild = ({ lines, bodyFrom }: Body): Build => {
  const slugger = new GithubSlugger()
  const anchors = new Map<string, string>()
  const open: OpenSection[] = [
    { slug: unnamed, title: '', level: 0, first: bodyFrom + 1, bodyFirst: bodyFrom + 1, blocks: [] },
  ]
  const noteAnchor: BlockWalk['noteAnchor'] = ({ kind, text }) => {
    const anchor = kind === 'id' ? text : slugOf(slugger, text)
    if (!anchors.has(anchor)) anchors.set(anchor, open.at(-1)?.slug ?? unnamed)
  }
  return { source: lines, lexer: createLexer(), diagnostics: [], noteAnchor, slugger, anchors, open }
}

const longestTitle = 1000

const openSection = (build: Build, token: Tokens.Heading, line: number): void => {
  const text = token.text.slice(0, longestTitle)
  const title = textOfInlines(parseInlines(build.lexer, text)).trim()
  const slug = slugOf(build.slugger, title)
  build.anchors.set(slug, slug)
  const bodyFirst = line + countNewlines(token.raw.trimEnd()) + 1
  build.open.push({ slug, title, level: token.depth, first: line, bodyFirst, blocks: [] })
}

const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading'

const rangeTo = (first: number, next: number | undefined, lineCount: number): LineRange => ({
  first,
  last: next === undefined ? lineCount : next - 1,
})

/** The text before the first heading has no heading to take its slug from, so it takes one that no heading has. */
const nameIntroduction = (anchors: Map<string, string>): string => {
  let slug = 'introduction'
  for (let count = 1; anchors.has(slug); count += 1) slug = `introduction-${count}`
  return slug
}

const close = ({ open, anchors, source }: Build): readonly Section[] => {
  const slug = nameIntroduction(anchors)
  for (const [anchor, owner] of anchors) if (owner === unnamed) anchors.set(anchor, slug)
  return open.flatMap(({ first, bodyFirst, ...section }, order) => {
    const next = open[order + 1]?.first
    const lines = rangeTo(first, next, source.length)
    const body = rangeTo(bodyFirst, next, source.length)
    if (section.level > 0) return [{ ...section, lines, body }]
    return section.blocks.some(block => block.kind !== 'hidden') ? [{ ...section, slug, lines, body }] : []
  })
}

/** Reads the body of a document into sections, one a heading, with one more for text before the first. */
export const parseSections = (body: Body): ParsedSections => {
  const build = createBuild(body)
  let line = body.bodyFrom + 1
  for (const token of build.lexer.blocks(body.lines.slice(body.bodyFrom))) {
    if (isHeading(token)) openSection(build, token, line)
    else for (const block of parseBlocks(build, [token], line)) current(build)?.blocks.push(block)
    line += countNewlines(token.raw)
  }
  return { sections: close(build), anchors: build.anchors, diagnostics: build.diagnostics }
}
