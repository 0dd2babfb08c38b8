import { describe, expect, it } from 'vitest'
import { expandCommand } from '../../src/cluster/systemd/command-line.ts'
import { nextElapse } from '../../src/cluster/systemd/next-elapse.ts'
import { parseSpanMs, parseUnitFile, splitWords } from '../../src/cluster/systemd/parse-unit-file.ts'
import { readDefinition } from '../../src/cluster/systemd/read-definition.ts'
import { humanBytes } from '../../src/cluster/text/human-bytes.ts'
import { parseTime } from '../../src/cluster/text/parse-time.ts'
import { readOptions } from '../../src/cluster/text/read-options.ts'
import { agoText, spanText } from '../../src/cluster/text/spans.ts'
import { openWorld, presentMs } from './kit.ts'

describe('unit files', () => {
  it('are read with continued lines, comments, and lists that an empty value forgets', () => {
    const definition = readDefinition(
      parseUnitFile(
        '[Unit]\nDescription=A thing\nWants=a.service \\\n  b.service\n# no\n[Service]\nEnvironment="A=1 2" B=3\nExecStart=/bin/one\nExecStart=\nExecStart=/bin/two $A\nRestart=on-failure\nRestartSec=1min 30s\n',
      ),
    )
    expect(definition).toMatchObject({
      description: 'A thing',
      wants: ['a.service', 'b.service'],
      environment: { A: '1 2', B: '3' },
      execStart: '/bin/two $A',
      restart: 'on-failure',
      restartDelayMs: 90_000,
    })
  })

  it('have words that quotes hold together, and variables that split when they stand alone', () => {
    expect(splitWords(`a "b c" 'd e' f\\ g`)).toEqual(['a', 'b c', 'd e', 'f g'])
    // biome-ignore lint/suspicious/noTemplateCurlyInString: systemd's own form of a variable
    const command = '-/bin/x $A ${B}z $$'
    expect(expandCommand(command, { A: '1 2', B: '3 4' })).toBe('/bin/x 1 2 3 4z $')
  })

  it('write spans of time in systemd’s units', () => {
    expect([parseSpanMs('5'), parseSpanMs('2h 5min'), parseSpanMs('infinity'), parseSpanMs('soon')]).toEqual([
      5_000,
      7_500_000,
      Number.POSITIVE_INFINITY,
      undefined,
    ])
  })
})

describe('times', () => {
  const machine = openWorld().machines.values().next().value
  if (machine === undefined) throw new Error('no machine')

  it('elapse by the calendar', () => {
    const iso = (expression: string) => new Date(nextElapse(expression, presentMs) ?? 0).toISOString()
    expect(['*:00/10', 'daily', 'weekly', '*-*-* 6,18:00', 'Sun *-*-* 03:10:00'].map(iso)).toEqual([
      '2026-03-02T08:10:00.000Z',
      '2026-03-03T00:00:00.000Z',
      '2026-03-09T00:00:00.000Z',
      '2026-03-02T18:00:00.000Z',
      '2026-03-08T03:10:00.000Z',
    ])
    expect(nextElapse('whenever', presentMs)).toBeUndefined()
  })

  it('are taken as journalctl takes them', () => {
    const at = (text: string) => parseTime({ machine, nowMs: presentMs }, text)
    expect(at('1 hour ago')).toBe(presentMs - 3_600_000)
    expect(at('-10min')).toBe(presentMs - 600_000)
    expect(at('yesterday')).toBe(Date.UTC(2026, 2, 1))
    expect(at('2026-03-01 14:00:00')).toBe(Date.UTC(2026, 2, 1, 14))
    expect(at('07:30')).toBe(Date.UTC(2026, 2, 2, 7, 30))
    expect(at('someday')).toBeUndefined()
  })

  it('are written as systemd writes them', () => {
    expect([82_000, 3 * 3_600_000 + 240_000, 26 * 3_600_000, 40 * 86_400_000, 353].map(agoText)).toEqual([
      '1min 22s ago',
      '3h 4min ago',
      '1 day 2h ago',
      '1 month 9 days ago',
      '353ms ago',
    ])
    expect(spanText(3_723_456)).toBe('1h 2min 3.456s')
  })
})

describe('options and sizes', () => {
  it('are read bundled, attached, shortened and after operands', () => {
    const table = { n: 'lines=', lines: 'lines=', e: 'end', boot: 'boot?', 'no-pager': 'no-pager' }
    const { options, words, unknown } = readOptions(table, [
      '-en',
      '5',
      'x',
      '--no-p',
      '--boot=-1',
      '--',
      '-e',
    ])
    expect([...options]).toEqual([
      ['end', ['']],
      ['lines', ['5']],
      ['no-pager', ['']],
      ['boot', ['-1']],
    ])
    expect(words).toEqual(['x', '-e'])
    expect(unknown).toBeUndefined()
    expect(readOptions(table, ['-z']).unknown).toBe('-z')
    expect(readOptions(table, ['-n']).lacking).toBe('-n')
  })

  it('round up as df does', () => {
    expect([0, 500, 4096, 10_000, 15 * 1024 ** 3].map(humanBytes)).toEqual([
      '0',
      '500',
      '4.0K',
      '9.8K',
      '15G',
    ])
  })
})
