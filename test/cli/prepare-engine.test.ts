import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const source = fileURLToPath(new URL('../../src/cli/prepare-engine.ts', import.meta.url))

/** Runs a program that may call `prepareEngine` and `again`, which uses an expression twice; gives what the engine says it compiles for them. */
const compiledFor = (program: string): readonly string[] => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--trace-regexp-tier-up',
      '--input-type=module',
      '-e',
      `import { prepareEngine } from ${JSON.stringify(source)}
       const again = expression => { for (let time = 0; time < 2; time += 1) expression.exec('xaabd' + time) }
       const early = /a+(b|c)d/
       console.log('begin')
       ${program}`,
    ],
    { encoding: 'utf8', timeout: 20_000 },
  )
  expect(stderr).toBe('')
  const said = stdout.slice(stdout.indexOf('begin\n')).split('\n').slice(1)
  return said.flatMap(line => /needs tier-up|bytecode|native code/.exec(line) ?? [])
}

it('has expressions compiled for the machine at their first use', () => {
  expect(compiledFor("prepareEngine('tree'); again(/b+(a|c)d/)")).toEqual(['native code'])
})

it('lets an expression that was interpreted before be compiled, as by itself', () => {
  const usual = ['bytecode', 'needs tier-up', 'native code']
  expect(compiledFor('again(early)')).toEqual(usual)
  expect(compiledFor("early.exec('xaabd'); prepareEngine('tree'); again(early)")).toEqual(usual)
})
