import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withDirectImports } from '../../scripts/direct-imports.ts'

let folder = ''
const importer = (): string => join(folder, 'tree', 'compile.ts')

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'runtree-imports-'))
  mkdirSync(join(folder, 'base'))
  writeFileSync(
    join(folder, 'base', 'index.ts'),
    "export { type Span, spanOf } from './span.ts'\nexport {\n  lines as linesOf,\n  words,\n} from './text.ts'\n",
  )
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('names come from the files that make them, types from nowhere', () => {
  const text = "import { linesOf, type Span, spanOf as at } from '../base/index.ts'\nuse(linesOf, at)"
  expect(withDirectImports(importer(), text)).toBe(
    `import { lines as linesOf } from '${folder}/base/text.ts';import { spanOf as at } from '${folder}/base/span.ts'\nuse(linesOf, at)`,
  )
})

test('over several lines too; types alone leave nothing', () => {
  const text = "import {\n  words,\n} from '../base/index.ts'\nimport { type Span } from '../base/index.ts'\n"
  expect(withDirectImports(importer(), text)).toBe(
    `import { words as words } from '${folder}/base/text.ts'\n\n`,
  )
})

test('other imports stay', () => {
  const text =
    "import type { Span } from '../base/index.ts'\nimport { spanOf } from '../base/span.ts'\nimport { join } from 'node:path'\n"
  expect(withDirectImports(importer(), text)).toBe(text)
})

test('a name that the index has not fails the build', () => {
  expect(() => withDirectImports(importer(), "import { nothing } from '../base/index.ts'")).toThrow(/nothing/)
})
