import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

it('every benchmark has its row and its place for figures in docs/performance.md', () => {
  const { stderr } = spawnSync(process.execPath, [join(root, 'bench/run.ts'), 'none-such'], {
    encoding: 'utf8',
  })
  const names = /^Names: ([\w, -]+)\./m.exec(stderr)?.[1]?.split(', ') ?? []
  expect(names.length).toBeGreaterThan(10)
  const page = readFileSync(join(root, 'docs/performance.md'), 'utf8')
  for (const name of names) {
    expect(page).toContain(`| \`${name}\` |`)
    expect(page).toMatch(new RegExp(`<!-- ${name} -->\\n[^]*\\n<!-- end of ${name} -->`))
  }
})
