import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import {
  mergeSettings,
  readSettingsFile,
  settingNames,
  settingOf,
  settingsSchema,
  starterText,
  variableOf,
} from '../../src/settings/index.ts'

const told = async (text: string): Promise<readonly string[]> =>
  (await readSettingsFile(text)).diagnostics.map(
    ({ code, message, advice, span }) =>
      `${span.start.line}:${span.start.column} ${code} ${message}. ${advice}`,
  )

const held = async (
  text: string,
  environment: Record<string, string> = {},
  options: [never, string][] = [],
) => mergeSettings({ options: new Map(options), environment, file: await readSettingsFile(text) })

describe('the settings file', () => {
  it('gives each value in the unit that the program counts in', async () => {
    const { values } = await held(`
target: ssh:ops@db-7.example:2222
timeout: 90s
sessions: { keepDays: 30, keepBytes: 1.5GB }
drill:
  clock: hidden
`)
    expect(values).toMatchObject({
      target: 'ssh:ops@db-7.example:2222',
      timeout: 90_000,
      'sessions.keepDays': 30,
      'sessions.keepBytes': 1_500_000_000,
      'drill.clock': 'hidden',
      readOnly: false,
    })
  })

  it('names an unknown key with its place and the key that was probably meant', async () => {
    expect(await told('timeout: 5s\ntheem: light')).toEqual([
      '2:1 E_CONFIG_UNKNOWN there is no setting "theem". Did you mean "theme"?',
    ])
    expect(await told('read-only: true')).toEqual([
      '1:1 E_CONFIG_UNKNOWN there is no setting "read-only". Did you mean "readOnly"?',
    ])
    expect(await told('sessions:\n  keepday: 3')).toEqual([
      '2:3 E_CONFIG_UNKNOWN there is no setting "sessions.keepday". Did you mean "sessions.keepDays"?',
    ])
    expect(await told('keepBytes: 3GB')).toEqual([
      '1:1 E_CONFIG_UNKNOWN there is no setting "keepBytes". Did you mean "sessions.keepBytes"?',
    ])
    expect(await told('quite-something-else: 3')).toEqual([
      '1:1 E_CONFIG_UNKNOWN there is no setting "quite-something-else". "runtree config" lists all settings.',
    ])
  })

  it('tells every wrong value, not only the first', async () => {
    const lines = await told(
      'timeout: soon\ntheme: drak\nwrap: perhaps\nsessions:\n  keepDays: 0\n  keepBytes: some\ntarget: 7\nplain:\n',
    )
    expect(lines.map(line => line.split(' ')[0])).toEqual(['1:1', '2:1', '3:1', '5:3', '6:3', '7:1', '8:1'])
    expect(lines[1]).toContain('did you mean dark?')
  })

  it('tells what is wrong within lists and maps', async () => {
    const lines = await told(
      `redaction:
  patterns:
    - name: Customer Number
      pattern: 'KD-\\d+'
    - name: looks-back
      pattern: '(?<=KD)\\d+'
    - name: everywhere
      pattern: 'x*'
    - name: half
    - name: more
      pattern: abc
      flags: i
keys:
  help: []
  target: { a: b }
`,
    )
    expect(lines.map(line => line.split(' ')[0])).toEqual([
      '3:7',
      '6:7',
      '8:7',
      '9:7',
      '12:7',
      '14:3',
      '15:3',
    ])
  })

  it('says where it is no YAML, or no map', async () => {
    expect(await told('target: local\n  timeout: 3')).toEqual([
      expect.stringMatching(/^2:3 E_CONFIG_YAML|^1:9 E_CONFIG_YAML/),
    ])
    expect(await told('timeout: 3s\ntimeout: 4s')).toEqual([
      expect.stringMatching(/^2:1 E_CONFIG_YAML .*unique/),
    ])
    expect(await told('- target')).toEqual([expect.stringContaining('must hold lines of')])
  })

  it('may be empty, a comment, or hold a group without settings', async () => {
    for (const text of ['', '# nothing\n', 'sessions:\n', 'keys:\n', '---\n'])
      expect(await told(text)).toEqual([])
  })

  it('is read without an exception, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json().map(text => stringify(JSON.parse(text))),
        ),
        async text => {
          const file = await readSettingsFile(text)
          for (const { span } of file.diagnostics) expect(span.start.line).toBeGreaterThan(0)
        },
      ),
    )
  })
})

describe('settings from several sources', () => {
  it('follow the command line, then the environment, then the file', async () => {
    const file = 'target: ssh:file\ntimeout: 1s\ntheme: light'
    const { values, origins } = await mergeSettings({
      options: new Map([['target', 'ssh:option']]),
      environment: { RUNTREE_TARGET: 'ssh:environment', RUNTREE_TIMEOUT: '2m', RUNTREE_THEME: '' },
      file: await readSettingsFile(file),
    })
    expect([values.target, values.timeout, values.theme, values.wrap]).toEqual([
      'ssh:option',
      120_000,
      'light',
      false,
    ])
    expect([
      origins.get('target'),
      origins.get('timeout'),
      origins.get('theme'),
      origins.get('wrap'),
    ]).toEqual([
      { kind: 'option', option: 'target' },
      { kind: 'environment', variable: 'RUNTREE_TIMEOUT' },
      { kind: 'file', at: { line: 3, column: 1 } },
      { kind: 'default' },
    ])
  })

  it('can all be said by the environment', async () => {
    const environment = Object.fromEntries(
      settingNames.map(name => [variableOf(name), settingOf(name).example]),
    )
    const { wrong, origins } = await mergeSettings({ options: new Map(), environment })
    expect(wrong).toEqual([])
    expect([...origins.values()].map(({ kind }) => kind)).toEqual(settingNames.map(() => 'environment'))
    expect(Object.keys(environment)).toContain('RUNTREE_SESSIONS_KEEP_DAYS')
  })

  it('name each source of what cannot be', async () => {
    const { wrong } = await held('timeout: 1s', { RUNTREE_TIMEOUT: 'late', RUNTREE_KEYS: '{' })
    expect(wrong.map(({ name, origin }) => [name, origin.kind])).toEqual([
      ['timeout', 'environment'],
      ['keys', 'environment'],
    ])
  })
})

describe('every setting', () => {
  it.each(settingNames.map(name => [name]))('%s reads back what it shows', name => {
    const { kind, example } = settingOf(name)
    const read = kind.read(parse(example))
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    const shown = kind.text === 'plain' ? kind.show(read.value) : parse(kind.show(read.value))
    expect(kind.read(shown)).toEqual(read)
  })

  it('stands in the starter file as a comment that may be taken in', async () => {
    expect(await told(starterText())).toEqual([])
    const taken = starterText().replace(/^# ((?: {2})?[A-Za-z]+:)/gm, '$1')
    const file = await readSettingsFile(taken)
    expect(file.diagnostics).toEqual([])
    expect([...file.values.keys()].sort()).toEqual([...settingNames].sort())
  })

  it('stands in the schema', () => {
    const { properties } = settingsSchema() as { properties: Record<string, { properties?: object }> }
    const names = Object.entries(properties).flatMap(([name, { properties: below }]) =>
      below === undefined || name === 'keys' ? [name] : Object.keys(below).map(one => `${name}.${one}`),
    )
    expect(names.sort()).toEqual([...settingNames].sort())
  })
})
