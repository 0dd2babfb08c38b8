import { describe, expect, it } from 'vitest'
import {
  decodeJournal,
  encodeEvent,
  encodeHeader,
  replay,
  type StampedEvent,
} from '../../src/session/index.ts'
import { begun, command, contextOf, dfOutput, header, step, tree } from './kit.ts'

const context = contextOf(tree('node', [step('disk', { commands: [command('disk/1', 'df -h')] })]))

const played = () => {
  const play = begun(context, 'disk')
  play.go({ type: 'run-reads' })
  play.finish(dfOutput(96))
  play.go({ type: 'close', status: 'left' })
  return play
}
const journalOf = (events: readonly StampedEvent[]): string =>
  [encodeHeader(header), ...events.map(encodeEvent)].map(line => `${line}\n`).join('')
const errorOf = (text: string) => {
  const decoded = decodeJournal(text)
  return decoded.ok ? undefined : decoded.error
}

it('gives back what was written, from which the same session comes', () => {
  const play = played()
  const decoded = decodeJournal(journalOf(play.events()))
  expect(decoded).toEqual({ ok: true, value: { header, events: play.events(), notices: [] } })
  expect(decoded.ok && replay(decoded.value.events)).toEqual(play.session())
})

it('is lines of JSON, the header first with the version of the form', () => {
  const [first = '', second = ''] = journalOf(played().events()).split('\n')
  expect(JSON.parse(first)).toEqual({ type: 'journal', format: 1, ...header })
  expect(JSON.parse(second)).toMatchObject({ type: 'session-opened', seq: 1 })
})

describe('a torn last line', () => {
  const whole = journalOf(played().events())

  it.each([3, 20, 60])('is dropped with a notice (%i bytes short)', missing => {
    expect(decodeJournal(whole.slice(0, -missing))).toEqual({
      ok: true,
      value: {
        header,
        events: played().events().slice(0, -1),
        notices: [expect.stringContaining('cut off')],
      },
    })
  })

  it('counts as whole when only its newline is missing', () => {
    expect(decodeJournal(whole.slice(0, -1))).toEqual(decodeJournal(whole))
  })

  it('leaves no journal when it is the header', () => {
    expect(errorOf(encodeHeader(header).slice(0, 30))).toMatchObject({ code: 'E_JOURNAL_BROKEN', line: 1 })
    expect(errorOf('')).toMatchObject({ code: 'E_JOURNAL_BROKEN', line: 1 })
  })
})

describe('a journal that cannot be read', () => {
  const [first, second, ...rest] = played().events()
  if (first === undefined || second === undefined) throw new Error('the session has too few events')

  it('names an event that this version does not know, and who wrote it', () => {
    const stranger = { type: 'target-changed', seq: 3, at: header.startedAt } as unknown as StampedEvent
    const error = errorOf(journalOf([first, second, stranger, ...rest]))
    expect(error).toMatchObject({ code: 'E_JOURNAL_EVENT_UNKNOWN', line: 4 })
    expect(error?.message).toContain('target-changed')
    expect(error?.message).toContain('runtree 0.1.0')
  })

  it.each([
    ['a gap', [first, ...rest], 3],
    ['a repetition', [first, second, second, ...rest], 4],
  ])('names the line of %s in the sequence', (_, events, line) => {
    expect(errorOf(journalOf(events))).toMatchObject({ code: 'E_JOURNAL_SEQUENCE', line })
  })

  it('names the line that is no JSON, and the field that is missing', () => {
    const text = journalOf([first, second])
    expect(errorOf(`${text}garbage\n${encodeEvent({ ...second, seq: 4 })}\n`)).toMatchObject({ line: 4 })
    const error = errorOf(text.replace('"reason":"start"', '"why":"start"'))
    expect(error).toMatchObject({ code: 'E_JOURNAL_BROKEN', line: 3 })
    expect(error?.message).toContain('reason')
  })

  it('names a form that is newer than this version', () => {
    const newer = encodeHeader(header).replace('"format":1', '"format":7')
    expect(errorOf(`${newer}\n`)).toMatchObject({ code: 'E_JOURNAL_FORMAT', line: 1 })
  })

  it.each(['null\n', '[]\n', '"x"\n', '{"type":"journal","format":1}\n', '\u0000\u0001\n'])(
    'may hold anything else in place of a header: %j',
    text => {
      expect(errorOf(text)).toMatchObject({ code: 'E_JOURNAL_BROKEN', line: 1 })
    },
  )
})

it('lets events carry more than this version knows', () => {
  const [first] = played().events()
  if (first === undefined) throw new Error('the session has no events')
  const more = { ...first, later: { seen: true } }
  expect(decodeJournal(journalOf([more]))).toMatchObject({ ok: true, value: { events: [more] } })
})
