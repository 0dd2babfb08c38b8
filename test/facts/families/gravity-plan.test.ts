import { describe, expect, test } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

const text = (...lines: readonly string[]): string => `${lines.join('\n')}\n`

describe('an operation plan', () => {
  const plan = text(
    'Phase               Description                                    State           Node         Requires                 Updated',
    '-----               -----------                                    -----           ----         --------                 -------',
    '✓ init              Initialize update operation                    Completed       -            -                        Wed Jul 29 16:02 UTC',
    '→ bootstrap         Bootstrap update operation on nodes            In Progress     -            /init                    Wed Jul 29 16:03 UTC',
    '  ✓ node-1          Bootstrap node "node-1"                        Completed       10.4.0.2     /init                    Wed Jul 29 16:03 UTC',
    '  × node-2          Bootstrap node "node-2"                        Failed          10.4.0.3     /init                    Wed Jul 29 16:04 UTC',
    '* masters           Update master nodes                            Unstarted       -            /bootstrap,/init         -',
    '⤺ config            Configure packages                             Rolled Back     -            -                        Wed Jul 29 16:05 UTC',
    '',
    'The /bootstrap/node-2 phase ("Bootstrap node "node-2"") has failed',
    '\tfailed to dial agent at 10.4.0.3:3012',
    '\t\tconnect: connection refused',
  )

  test('names every phase by its path, with state, node and what it needs', () => {
    const { facts, lines, parser } = factsOf('sudo ./gravity plan', plan)
    expect(parser).toBe('gravity-plan')
    expect(facts.gravityPhases).toEqual([
      {
        id: '/init',
        description: 'Initialize update operation',
        state: 'completed',
        requires: [],
        updated: 'Wed Jul 29 16:02 UTC',
      },
      expect.objectContaining({ id: '/bootstrap', state: 'in-progress', requires: ['/init'] }),
      expect.objectContaining({ id: '/bootstrap/node-1', state: 'completed', node: '10.4.0.2' }),
      {
        id: '/bootstrap/node-2',
        description: 'Bootstrap node "node-2"',
        state: 'failed',
        node: '10.4.0.3',
        requires: ['/init'],
        updated: 'Wed Jul 29 16:04 UTC',
        error: 'failed to dial agent at 10.4.0.3:3012 connect: connection refused',
      },
      {
        id: '/masters',
        description: 'Update master nodes',
        state: 'unstarted',
        requires: ['/bootstrap', '/init'],
      },
      expect.objectContaining({ id: '/config', state: 'rolled-back' }),
    ])
    expect(lines.get('gravityPhases[3]')).toBe(6)
  })

  test('in its short form keeps phase and state', () => {
    const output = text(
      'Phase          State         Updated',
      '-----          -----         -------',
      '✓ checks       Completed     Wed Jul 29 16:02 UTC',
      '* configure    Unstarted     -',
    )
    expect(factsOf('gravity plan --short', output).facts.gravityPhases).toEqual([
      { id: '/checks', state: 'completed', updated: 'Wed Jul 29 16:02 UTC' },
      { id: '/configure', state: 'unstarted' },
    ])
  })

  test('in YAML or JSON keeps the phases below others', () => {
    const document = {
      operation_id: 'a1',
      phases: [
        {
          id: '/bootstrap',
          description: 'Bootstrap',
          state: 'in_progress',
          phases: [{ id: '/bootstrap/node-1', state: 'failed', error: { message: 'no space left' } }],
        },
        { id: '/masters', requires: ['/bootstrap'] },
      ],
    }
    expect(factsOf('gravity plan --output=json', JSON.stringify(document)).facts.gravityPhases).toEqual([
      { id: '/bootstrap', description: 'Bootstrap', state: 'in-progress', requires: [] },
      { id: '/bootstrap/node-1', state: 'failed', requires: [], error: 'no space left' },
      { id: '/masters', state: 'unstarted', requires: ['/bootstrap'] },
    ])
  })

  test('is not read from commands that act on it', () => {
    expect(factsOf('gravity plan resume', 'Executing "/init" locally\n').parser).not.toBe('gravity-plan')
  })
})
