import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readOutput } from '../../../src/cli/explain/read-output.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-output-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const pasted = 'root@n1:~# df -h\nA\nB\nroot@n1:~# uptime\nC\nroot@n1:~# free -m\nD\nroot@n1:~#\n'

const read = (given?: string) => {
  const path = join(folder, 'pasted.txt')
  writeFileSync(path, pasted)
  return readOutput({ path }, given)
}

it('reads the first of several outputs and names the others', async () => {
  const { command, output, others } = await read()
  expect(command).toBe('df -h')
  expect(output.lines.map(line => line.text)).toEqual(['A', 'B'])
  expect(others).toEqual(['uptime', 'free -m'])
})

it('takes all for one output when the command is given', async () => {
  const { output, others } = await read('df -h')
  expect(output.lines.length).toBeGreaterThan(2)
  expect(others).toEqual([])
})
