import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadTree } from '../../src/cli/load-tree.ts'

describe('a tree from a file', () => {
  it('has the SHA-256 of its text, also in a copy', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'runtree-test-')), 'own.md')
    const text = '---\ntitle: Own\n---\n# One\n\ntext\n'
    writeFileSync(path, text)
    const digest = createHash('sha256').update(text).digest('hex')
    const { tree } = loadTree(path)
    expect(tree.digest).toBe(digest)
    expect({ ...tree }.digest).toBe(digest)
  })
})
