import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readCaseFile } from '../../../src/cli/cases/read-case-file.ts'
import { createStreamReader } from '../../../src/cli/cases/read-recorded.ts'
import { bundledRunbooks } from '../../../src/cli/load-library.ts'

const folder = fileURLToPath(new URL('../../runbooks/', import.meta.url))
const bundled = bundledRunbooks()

const files = [...bundled.keys()].flatMap(name =>
  readdirSync(`${folder}${name}`)
    .filter(file => file.endsWith('.yaml'))
    .map(file => [name, `${folder}${name}/${file}`] as const),
)

describe('the cases of the bundled runbooks', () => {
  test.each(files)('for %s can be run by anyone: %s', (name, path) => {
    const file = readCaseFile(path, known => bundled.has(known))
    expect(file?.runbook).toBe(name)
    const streamsOf = createStreamReader(file?.recordings ?? '')
    for (const { outputs } of file?.cases ?? []) outputs.forEach(streamsOf)
    expect(file?.cases.length).toBeGreaterThan(0)
  })
})
