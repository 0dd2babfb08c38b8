import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import fc from 'fast-check'
import { marked } from 'marked'
import { expect, it } from 'vitest'
import { quickModules } from '../../scripts/quick-modules.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

type Lexer = Pick<typeof marked, 'lexer'>

/** The library as the build bundles it. */
const bundled = async (): Promise<Lexer> => {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents: "export { marked } from 'marked'", resolveDir: root },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    plugins: [quickModules],
  })
  const url = `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')}`
  return (await import(url)).marked
}

it('reads every runbook, and any text, as the library itself does', async () => {
  const late = await bundled()
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
