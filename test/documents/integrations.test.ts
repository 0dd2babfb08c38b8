import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { commands } from '../../src/cli/commands.ts'
import { parseInvocation } from '../../src/cli/parse-invocation.ts'
import { resolveRunbook } from '../../src/cli/resolve-runbook.ts'

const folder = fileURLToPath(new URL('../../docs/integrations/', import.meta.url))
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
const documents = [
  ['integrations.md', readFileSync(join(folder, '../integrations.md'), 'utf8')],
  ...['k9s-plugins.yaml', 'runtree.service', 'gitlab-ci.yml', 'Jenkinsfile'].map(
    name => [name, read(name)] as const,
  ),
] as const

const words = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  )

/** The lines that run the program, from the name of its command to where the shell goes on with something else. */
const calls = (text: string): readonly (readonly string[])[] =>
  [...text.replace(/\s*\n\s+--/g, ' --').matchAll(/(?:^|[\s/'(])runtree ([a-z]+ [^`\n|;)&>]*)/gm)]
    .map(([, rest = '']) => words(rest.replace(/\s2$/, '').replace(/'$/, '')))
    .filter(([name]) => commands.some(command => command.name === name))

describe.each(documents)('%s', (_, text) => {
  it('calls the program with commands and options that it has, on runbooks and steps that are there', () => {
    const found = calls(text)
    expect(found.length).toBeGreaterThan(0)
    for (const [name = '', ...args] of found) {
      const command = commands.find(one => one.name === name)
      if (command === undefined) throw new Error(name)
      const { operands } = parseInvocation(command, args)
      if (name === 'auto' || name === 'open') expect(() => resolveRunbook(operands[0] ?? '')).not.toThrow()
    }
  })
})

it('the plugins for k9s have what k9s wants, and their scripts are sound', () => {
  const { plugins } = parse(read('k9s-plugins.yaml'))
  const known = ['shortCut', 'override', 'description', 'scopes', 'command', 'background', 'args']
  for (const plugin of Object.values<Record<string, unknown>>(plugins)) {
    expect(known).toEqual(expect.arrayContaining(Object.keys(plugin)))
    expect(plugin).toMatchObject({
      shortCut: expect.any(String),
      description: expect.any(String),
      command: 'bash',
    })
    const [flag, script] = plugin.args as readonly string[]
    expect([flag, spawnSync('bash', ['-n', '-c', script ?? ''], { encoding: 'utf8' }).stderr]).toEqual([
      '-c',
      '',
    ])
  }
})

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0
if (!hasSystemd) console.warn('Skipped: systemd-analyze is not here, so the units are not verified.')

it.skipIf(!hasSystemd)('the units are right in the eyes of systemd', () => {
  const place = mkdtempSync(join(tmpdir(), 'runtree-test-'))
  const paths = ['runtree.service', 'runtree.timer'].map(name => {
    const path = join(place, name)
    // Verifying wants a program that is there.
    writeFileSync(path, read(name).replace('/usr/local/bin/runtree', '/bin/true'))
    return path
  })
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...paths], { encoding: 'utf8' })
  expect(stderr).not.toContain('runtree')
  expect(status).toBe(0)
})

it('the rules for Prometheus ask for metrics that are written', () => {
  const { groups } = parse(read('runtree-rules.yaml'))
  const asked = groups.flatMap(({ rules }: { rules: readonly { expr: string }[] }) =>
    rules.flatMap(({ expr }) => expr.match(/runtree_\w+/g) ?? []),
  )
  const source = readFileSync(new URL('../../src/report/present-prometheus.ts', import.meta.url), 'utf8')
  expect(asked.length).toBeGreaterThan(1)
  for (const metric of asked) expect(source).toContain(`# TYPE ${metric} gauge`)
})
