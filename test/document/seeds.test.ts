import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/document/index.ts'
import { commandsOf, fixture } from './read.ts'

const expected: Readonly<Record<string, readonly (readonly [line: number, run: string])[]>> = JSON.parse(
  fixture('seeds/expected-commands.json'),
)

const read = (name: string) => parseDocument({ name, text: fixture(`seeds/${name}.md`) })

const names = readdirSync(new URL('../fixtures/document/seeds/', import.meta.url))
  .filter(file => file.endsWith('.md'))
  .map(file => file.replace(/\.md$/, ''))

describe('the five source documents', () => {
  it.each(names)('%s opens without a diagnostic', name => {
    expect(read(name).diagnostics).toEqual([])
  })

  it.each(Object.keys(expected))(
    '%s gives every fenced command that a person would run, on its line',
    name => {
      const found = commandsOf(read(name)).map(({ run, span }) => `${span.start.line} ${run}`)
      const missing = (expected[name] ?? [])
        .map(([line, run]) => `${line} ${run}`)
        .filter(one => !found.includes(one))
      expect(missing).toEqual([])
    },
  )

  it.each(['000-mks-node-runbook', '001-mks-production-playbook', '004-gravity-fire-drills'])(
    '%s gives nothing else',
    name => {
      expect(commandsOf(read(name))).toHaveLength(expected[name]?.length ?? 0)
    },
  )

  it('never takes what stands below a prompt for a command', () => {
    const name = '004-gravity-fire-drills'
    const prompted = /^(?:node-[\w{},-]+|debug-pod)\$ /
    const typed = fixture(`seeds/${name}.md`)
      .split('\n')
      .filter(line => prompted.test(line))
      .map(line => line.replace(prompted, '').replace(/ \\$/, ''))
    const strays = commandsOf(read(name)).filter(({ run }) => !typed.some(line => run.startsWith(line)))
    expect(strays).toEqual([])
  })

  it('takes no listing, settings or rule dump of the deep dive for a command', () => {
    const texts = [
      '├',
      'SystemdCgroup',
      '"cniVersion"',
      '-A KUBE',
      'RunPodSandbox',
      '/etc/kubernetes/\n',
      '[plugins',
    ]
    const runs = commandsOf(read('002-bare-metal-deep-dive')).map(command => `${command.run}\n`)
    expect(runs.filter(run => texts.some(text => run.includes(text)))).toEqual([])
  })

  it('reads the place off the prompt', () => {
    const places = new Set(commandsOf(read('004-gravity-fire-drills')).map(command => command.place))
    const named = ['node-1', 'node-1-planet', 'debug-pod', 'node-2', 'node-3', 'node-{1,2,3}']
    expect([...places].sort()).toEqual([undefined, ...named].filter(place => places.has(place)).sort())
    expect([...places]).toEqual(expect.arrayContaining(named))
  })

  it('keeps sample output with its command', () => {
    const running = commandsOf(read('004-gravity-fire-drills')).find(
      ({ run }) => run === 'sudo firewall-cmd --state',
    )
    expect(running?.sample).toBe('running')
  })
})
