import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { saveText } from '../../src/cli/save-text.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'runtree-save-'))
  folders.push(made)
  return made
}

describe('saving a text', () => {
  it('writes a file for its owner alone', () => {
    const path = join(folder(), 'report.md')
    expect(saveText(path, '# Report\n')).toBeUndefined()
    expect(readFileSync(path, 'utf8')).toBe('# Report\n')
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('leaves a file alone that is there already, and says so', () => {
    const path = join(folder(), 'report.md')
    writeFileSync(path, 'mine')
    expect(saveText(path, 'new')).toContain('there is a file of that name already')
    expect(readFileSync(path, 'utf8')).toBe('mine')
  })

  it('says that a folder is missing', () => {
    expect(saveText(join(folder(), 'no', 'report.md'), '')).toContain('its folder is not there')
  })
})
