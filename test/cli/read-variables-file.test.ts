import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readVariablesFile } from '../../src/cli/read-variables-file.ts'
import { UserError } from '../../src/cli/user-error.ts'

const fileOf = (text: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'runtree-vars-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'vars')
  writeFileSync(path, text)
  return path
}

const complaintOf = (text: string): string => {
  try {
    readVariablesFile(fileOf(text))
  } catch (error) {
    if (error instanceof UserError) return `${error.message} ${error.hint}`
    throw error
  }
  return 'none'
}

it.each([
  ['lines', 'NODE_NAME=cp-1\n\n# the port\nPORT=6443\n', { NODE_NAME: 'cp-1', PORT: '6443' }],
  ['lines of a shell', 'export A=\'x y\'\nB="c=d"\r\n', { A: 'x y', B: 'c=d' }],
  [
    'YAML, numbers as they are written',
    'REVISION: 007\nZONE: no\nAT: 2024-01-15\n',
    { REVISION: '007', ZONE: 'no', AT: '2024-01-15' },
  ],
  ['JSON', '{"POD_NAME": "web-1", "LABEL": "app=web"}', { POD_NAME: 'web-1', LABEL: 'app=web' }],
  ['an empty file', '', {}],
])('variables are read from %s', (_what, text, expected) => {
  expect(Object.fromEntries(readVariablesFile(fileOf(text)))).toEqual(expected)
})

it.each([
  ['a list', '- hunter2\n'],
  ['a mapping within', 'TOKEN: {value: hunter2}\n'],
  ['a line that is none', 'TOKEN=hunter2\nhunter2\n'],
  ['broken YAML', 'TOKEN: "hunter2\n'],
])('%s is refused without telling what stood there', (_what, text) => {
  const complaint = complaintOf(text)
  expect(complaint).toContain('NAME=VALUE')
  expect(complaint).not.toContain('hunter2')
})
