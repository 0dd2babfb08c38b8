import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeEvent, revealSeals, sealSecrets } from '../../src/session/index.ts'
import { begun, command, contextOf, step, tree } from './kit.ts'

const context = contextOf(
  tree(
    'node',
    [
      step('join', {
        commands: [command('join/1', 'curl -H "Authorization: Bearer <join-token>" https://host/x')],
      }),
    ],
    { variables: [{ name: 'join-token', about: undefined, type: 'secret', from: undefined }] },
  ),
)
const secret = 's3cr3t "with" $signs'
const given = { type: 'set-variable', name: 'join-token', value: secret } as const

describe('a secret', () => {
  it('reaches the runtime and no event', () => {
    const play = begun(context, 'join')
    expect(play.attempt(given)).toMatchObject({
      effects: [{ type: 'keep-secret', name: 'join-token', value: secret }],
    })
    play.go({ type: 'run-command', commandId: 'join/1' })
    expect(play.events().map(encodeEvent).join('\n')).not.toContain('s3cr3t')
    expect(play.session().runs.get('r1')?.line).toContain('••••••')
  })

  it('stands in the command that is run, quoted for its place', () => {
    const play = begun(context, 'join')
    play.go(given)
    play.go({ type: 'run-command', commandId: 'join/1' })
    const line = revealSeals(play.session().runs.get('r1')?.sealed ?? '', new Map([['join-token', secret]]))
    const shown = execFileSync('bash', ['-c', line.replace(/^curl -H/, "printf '%s\\n'")], {
      encoding: 'utf8',
    })
    expect(shown.split('\n')[0]).toBe(`Authorization: Bearer ${secret}`)
  })

  it('is asked for again when the session goes on', () => {
    const play = begun(context, 'join')
    play.go(given)
    play.go({ type: 'close', status: 'left' })
    play.go({ type: 'resume', tool: 'runtree' })
    expect(play.refusalOf({ type: 'run-command', commandId: 'join/1' })).toBe('E_SESSION_VARIABLE_MISSING')
  })

  it('is a secret by its name alone, where no runbook knows it', () => {
    const play = begun(context, 'join')
    expect(play.attempt({ type: 'set-variable', name: 'API_KEY', value: 'abc' })).toMatchObject({
      effects: [{ type: 'keep-secret' }],
    })
  })

  it('is sealed in what is typed', () => {
    expect(sealSecrets('echo hunter2', new Map([['P', 'hunter2']]))).not.toContain('hunter2')
  })
})

describe('a secret in any place of a command', () => {
  const seal = '\uE000V\uE001'
  const words = ['X', "'X'", '"X"', 'a=X', "$'X'", 'x"y X"', "x'y X'", '"$(echo "X")"', `$${'{none:-X}'}`]
  const shownAs = (text: string): readonly string[] =>
    ['X', 'X', 'X', 'a=X', 'X', 'xy X', 'xy X', 'X', 'X'].map(word => word.replace('X', () => text))
  const line = `printf '%s\\0' ${words.join(' ')}; cat <<END\nX\nEND\n`.replaceAll('X', seal)

  it('stays one literal piece', () => {
    const letters = [
      'a',
      ' ',
      '"',
      "'",
      '$',
      '`',
      '\\',
      ';',
      '(',
      ')',
      '!',
      '\n',
      '*',
      '~',
      '{',
      '}',
      'é',
      '#',
      '=',
    ]
    const value = fc
      .string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 12 })
      .filter(text => text.trim() === text)
    fc.assert(
      fc.property(value, text => {
        const got = execFileSync('bash', ['-c', revealSeals(line, new Map([['V', text]]))], {
          encoding: 'utf8',
        })
        expect(got).toBe([...shownAs(text), `${text}\n`].join('\0'))
      }),
      { numRuns: 40 },
    )
  })
})
