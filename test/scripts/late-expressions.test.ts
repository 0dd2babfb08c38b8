import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { marked } from 'marked'
import { expect, it } from 'vitest'
import { bundled } from './bundled-module.ts'

const root = join(import.meta.dirname, '../..')

it('reads every runbook, and any text, as the library itself does', async () => {
  const late = await bundled<Pick<typeof marked, 'lexer'>>("export { lexer } from 'marked'")
  const folder = join(root, 'runbooks')
  for (const name of readdirSync(folder).filter(each => each.endsWith('.md'))) {
    const text = readFileSync(join(folder, name), 'utf8')
    expect(late.lexer(text)).toEqual(marked.lexer(text))
  }
  const signs = ['*', '_', '`', '[a](b)', '![', '<b>', '~~', '| a |', '|--|', '- ', '1. ', '> ', '\n', '\n\n']
  const words = ['word', 'é', '"', '\\*', 'https://a.b', '&lt;', '===', '---', '```', '    ', '[x] ', '# ']
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...signs, ...words), { maxLength: 30 }), parts => {
      const text = parts.join('')
      expect(late.lexer(text)).toEqual(marked.lexer(text))
    }),
  )
})
