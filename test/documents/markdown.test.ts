import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import GithubSlugger from 'github-slugger'
import { lexer, type Token, type Tokens, walkTokens } from 'marked'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

const below = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return below(path)
    return entry.name.endsWith('.md') ? [path] : []
  })

const ownDocuments = [
  ...readdirSync(root).filter(name => name.endsWith('.md')),
  ...below('docs'),
  ...below('runbooks'),
]

const withoutFrontMatter = (text: string): string => text.replace(/^---\n[\s\S]*?\n---\n/, '')

const tokensOf = (path: string): readonly Token[] => {
  const found: Token[] = []
  void walkTokens(lexer(withoutFrontMatter(readFileSync(path, 'utf8'))), token => {
    found.push(token)
  })
  return found
}

const isA =
  <K extends Tokens.Generic['type']>(type: K) =>
  (token: Token): boolean =>
    token.type === type

const plainText = (tokens: readonly Token[]): string =>
  tokens
    .map(token =>
      'tokens' in token && token.tokens ? plainText(token.tokens) : 'text' in token ? token.text : '',
    )
    .join('')

const known = new Map<string, ReadonlySet<string>>()

const anchorsOf = (path: string): ReadonlySet<string> => {
  const anchors = known.get(path) ?? readAnchors(path)
  known.set(path, anchors)
  return anchors
}

const readAnchors = (path: string): ReadonlySet<string> => {
  const slugger = new GithubSlugger()
  return new Set(
    tokensOf(path)
      .filter(isA('heading'))
      .map(heading => slugger.slug(plainText((heading as Tokens.Heading).tokens))),
  )
}

/** The links of a document that lead nowhere on a code host; links to the web are not followed. */
const lostLinks = (path: string): readonly string[] => {
  const links = tokensOf(path).filter(isA('link')) as readonly Tokens.Link[]
  return links
    .map(({ href }) => href)
    .filter(href => !/^[a-z]+:/.test(href))
    .filter(href => {
      const [file = '', anchor] = href.split('#')
      const target = file === '' ? path : join(dirname(path), file)
      if (!existsSync(target)) return true
      return anchor !== undefined && !anchorsOf(target).has(anchor)
    })
}

describe.each(ownDocuments.map(path => [path]))('%s, as a code host shows it', path => {
  const absolute = join(root, path)
  const tokens = tokensOf(absolute)

  test('has no link that leads nowhere', () => {
    expect(lostLinks(absolute)).toEqual([])
  })

  test('has no link, emphasis or table that was meant as one and is not', () => {
    const texts = tokens.filter(
      token => token.type === 'text' && !('tokens' in token && token.tokens),
    ) as readonly Tokens.Text[]
    const broken = texts.map(({ text }) => text).filter(text => /\]\(|\*\*|^\s*\|.*\|\s*$/m.test(text))
    expect(broken).toEqual([])
  })

  test('has no HTML but comments', () => {
    const html = tokens.filter(isA('html')).map(token => token.raw.trim())
    expect(html.filter(raw => !/^<!--[\s\S]*-->$/.test(raw))).toEqual([])
  })
})

test('the runbooks and the documents about the program are all looked at', () => {
  const names = ownDocuments.map(path => relative('.', path))
  expect(names).toEqual(expect.arrayContaining(['README.md', 'docs/authoring.md', 'runbooks/start-here.md']))
  expect(names.length).toBeGreaterThan(15)
})
