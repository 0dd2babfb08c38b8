import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { requireInput } from '../../../src/cli/explain/require-input.ts'
import { UserError } from '../../../src/cli/user-error.ts'

const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url))
const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/cli/explain/${name}`, import.meta.url))

const runtree = (args: readonly string[], input = '') =>
  spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', input })

describe('runtree explain', () => {
  it.each([
    ['healthy output', ['explain', '-'], readFileSync(fixture('echoed-df.txt'), 'utf8'), 0],
    ['a problem', ['explain', fixture('paste.txt')], '', 1],
    ['nothing to read', ['explain'], '\n', 2],
    ['a file that is not there', ['explain', fixture('nowhere')], '', 2],
  ])('ends with the code for %s', (...row) => {
    const [, args, input, code] = row
    expect(runtree(args, input).status).toBe(code)
  })

  it('says how many lines it did not search to their ends', () => {
    const long = `${'x'.repeat(5_000)}\n`
    const { stdout } = runtree(['explain', '-'], `calm\n${long}${long}`)
    expect(stdout).toContain(
      '2 lines longer than 4,096 characters: causes were looked for in so much of each only.',
    )
    expect(JSON.parse(runtree(['explain', '-', '--json'], long).stdout).longLines).toBe(1)
    expect(JSON.parse(runtree(['explain', '-', '--json'], 'calm\n').stdout)).not.toHaveProperty('longLines')
  })

  it('tells a way out where a person would have to type an output', () => {
    const question = { operands: [], isTerminal: true, example: 'dmesg | runtree explain' }
    expect(() => requireInput(question)).toThrow(UserError)
    expect(() => requireInput({ ...question, operands: ['a.log'] })).not.toThrow()
    expect(() => requireInput({ ...question, isTerminal: false })).not.toThrow()
  })
})

describe('runtree facts', () => {
  const df = readFileSync(fixture('echoed-df.txt'), 'utf8')

  it('gives the command, the parser and the facts as JSON', () => {
    const { stdout, status } = runtree(['facts', '--command', 'df -h', '--json'], df)
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'df -h',
      parser: 'df',
      facts: {
        filesystems: expect.arrayContaining([expect.objectContaining({ mount: '/', usePercent: 1 })]),
      },
    })
  })

  it('gives people a table', () => {
    expect(runtree(['facts', '--command', 'df -h', fixture('bundle/df-h.txt')]).stdout).toMatch(
      /^filesystems\n {2}filesystem +\S.*mount\n {2}tmpfs .*\/var\/lib\/kubelet\n$/,
    )
  })

  it('gives those of every output of a pasted terminal', () => {
    const pasted =
      'root@n1:~# nproc\n4\nroot@n1:~# frobnicate\nx y\nroot@n1:~# uname -r\n6.1.0-13-amd64\nroot@n1:~#\n'
    const { stdout, stderr } = runtree(['facts', '--json'], pasted)
    const { command, facts, outputs } = JSON.parse(stdout)
    expect(command).toBe('')
    expect(Object.keys(facts)).toEqual(outputs.flatMap((one: { facts: object }) => Object.keys(one.facts)))
    expect(outputs.map((one: { command: string }) => one.command)).toEqual(['nproc', 'uname -r'])
    expect(stderr).toContain('no facts in the output of frobnicate')
    expect(runtree(['facts'], pasted).stdout).toMatch(/^# nproc\n[\s\S]*\n# uname -r\n/)
  })

  it('reads a folder of outputs, each by the name of its file', () => {
    const { stdout, status } = runtree(['facts', '--json', fixture('bundle')])
    expect(status).toBe(0)
    expect(JSON.parse(stdout).outputs).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ parser: 'df', command: 'df -h', file: fixture('bundle/df-h.txt') }),
      ]),
    )
  })

  it('says why there are none', () => {
    const { status, stderr } = runtree(['facts', '--command', 'frobnicate'], 'hello\n')
    expect(status).toBe(2)
    expect(stderr).toContain('No parser reads this output.')
  })
})

const sourceOf = (path: string): string => readFileSync(path, 'utf8')

// Imports and re-exports of values: those of types are gone when the program runs.
const importsOf = (path: string): readonly string[] =>
  [...sourceOf(path).matchAll(/^(?:import|export) (?!type )[^'"]*?from '([^']+)'|^import '([^']+)'/gm)].map(
    match => match[1] ?? match[2] ?? '',
  )

const loadedBy = (start: string): ReadonlySet<string> => {
  const files = [start]
  const packages = new Set<string>()
  for (const file of files)
    for (const name of importsOf(file)) {
      if (!name.startsWith('.')) packages.add(name)
      else if (!files.includes(resolve(dirname(file), name))) files.push(resolve(dirname(file), name))
    }
  return packages
}

describe('the commands without a screen', () => {
  it.each([['explain'], ['facts']])('%s loads neither Ink nor React nor Markdown', name => {
    const packages = loadedBy(fileURLToPath(new URL(`../../../src/cli/commands/${name}.ts`, import.meta.url)))
    expect([...packages].filter(one => /^(?:ink|react|marked)/.test(one))).toEqual([])
    expect(packages).toContain('unbash')
  })
})
