import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const source = fileURLToPath(new URL('../../src/cli/engine-flags.ts', import.meta.url))

/** Runs a program that may use what the module exports; gives what it and the engine's trace of collections say. */
const run = (program: string): string => {
  const words = ['--trace-gc', '--input-type=module', '-e']
  const text = `import * as flags from ${JSON.stringify(source)}; console.log('begin'); ${program}`
  const { stdout, stderr } = spawnSync(process.execPath, [...words, text], {
    encoding: 'utf8',
    timeout: 20_000,
  })
  expect(stderr).toBe('')
  return stdout.slice(stdout.indexOf('begin\n'))
}

it('collects the old heap, and leaves no way to it behind', () => {
  const said = run(`
    flags.collectOldHeap()
    const { runInNewContext } = await import('node:vm')
    console.log('gc is', typeof globalThis.gc, runInNewContext('typeof gc'))`)
  expect(said).toContain('Mark-Compact')
  expect(said).toContain('gc is undefined undefined')
})
