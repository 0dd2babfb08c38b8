import { describe, expect, it } from 'vitest'
import { compile, stepOf } from './trees.ts'

const branch = (item: string) => stepOf(`# Free space\n\n${item}\n`).branches[0]

const here = (step: string) => ({ kind: 'step', ref: { runbook: 'sample', step } })

describe('branches', () => {
  it.each<readonly [item: string, expected: object]>([
    [
      '- `disk-full` a filesystem is nearly full → [Free space](#free-space)',
      {
        condition: { kind: 'cause', id: 'disk-full' },
        when: 'disk-full',
        label: 'a filesystem is nearly full',
        to: here('free-space'),
      },
    ],
    ['- `node` → [x](#free-space)', { condition: { kind: 'cause', id: 'node' }, label: 'x' }],
    ['- `control-plane` -> [x](#free-space)', { condition: { kind: 'cause', id: 'control-plane' } }],
    [
      '- `units.exists(u, u.name == "kubelet.service" && u.active == "failed")` → [Kubelet](#free-space)',
      {
        condition: {
          kind: 'fact',
          expression: 'units.exists(u, u.name == "kubelet.service" && u.active == "failed")',
        },
      },
    ],
    [
      '- `exit != 0` the command itself failed → [x](#free-space)',
      { condition: { kind: 'fact', expression: 'exit != 0' } },
    ],
    [
      '- `timedOut` nobody answered → [x](#free-space)',
      { condition: { kind: 'fact', expression: 'timedOut' } },
    ],
    [
      '- `/a\\/b [/]+/i` → [x](#free-space)',
      { condition: { kind: 'text', pattern: { kind: 'regex', source: 'a\\/b [/]+', flags: 'i' } } },
    ],
    [
      '- `"no space"` → [x](#free-space)',
      { condition: { kind: 'text', pattern: { kind: 'literal', text: 'no space' } } },
    ],
    ['- `otherwise` → [x](#free-space)', { condition: { kind: 'otherwise' }, when: 'otherwise' }],
    [
      '- otherwise: nothing in `/tmp` → [x](#free-space)',
      { condition: { kind: 'otherwise' }, when: 'otherwise', label: 'nothing in /tmp' },
    ],
    [
      '- otherwise → [Next](#free-space)',
      { condition: { kind: 'otherwise' }, when: 'otherwise', label: 'Next' },
    ],
    [
      '- Otherwise, all is well: → [x](#resolved)',
      { condition: { kind: 'otherwise' }, label: 'all is well', to: { kind: 'resolved' } },
    ],
    [
      '- only one application is affected → [App](#free-space)',
      { condition: { kind: 'choice' }, when: '', label: 'only one application is affected' },
    ],
    ['- nobody knows → [ask](#escalate)', { condition: { kind: 'choice' }, to: { kind: 'escalate' } }],
    [
      '- the log says (`cert-expired`) so → [x](#free-space)',
      { condition: { kind: 'cause', id: 'cert-expired' }, label: 'the log says so' },
    ],
    [
      '- **`disk-full`** full → [x](#free-space) — first',
      { condition: { kind: 'cause', id: 'disk-full' }, label: 'full — first' },
    ],
    [
      '- `a-b` → [x](other.md#The-Step)',
      { to: { kind: 'step', ref: { runbook: 'other', step: 'the-step' } } },
    ],
    ['- `a-b` → [x](../runbooks/other.md#y)', { to: { kind: 'step', ref: { runbook: 'other', step: 'y' } } }],
    ['- `a-b` → [x](./sample.md#free-space)', { to: here('free-space') }],
    ['- `a-b` → [x](#Free-Space)', { to: here('free-space') }],
    ['- `a-b` → [x][ref]\n\n[ref]: #free-space', { to: here('free-space') }],
    ['1. `a-b` → [x](#free-space)', { condition: { kind: 'cause', id: 'a-b' } }],
    ['- [ ] `a-b` → [x](#free-space)', { condition: { kind: 'cause', id: 'a-b' } }],
    ['> - `a-b` → [x](#free-space)', { condition: { kind: 'cause', id: 'a-b' } }],
  ])('%s', (item, expected) => {
    expect(branch(item)).toMatchObject(expected)
  })

  it.each([
    '- `a-b` → somewhere',
    '- `a-b` → [x](https://example.org/x.md#y)',
    '- `a-b` → [x](notes.txt#y)',
    '- `a-b` → [x](other.md)',
    '- [x](#free-space) → done',
    '- `a -> b` [x](#free-space)',
    'a → [x](#free-space)',
  ])('are not made of: %s', item => {
    expect(stepOf(`# Free space\n\n${item}\n`).branches).toEqual([])
  })

  it('are told of when an arrow has no link', () => {
    const { diagnostics } = compile('# A\n\n- x is down → restart it\n')
    expect(diagnostics.map(({ code, severity, span }) => [code, severity, span.start.line])).toEqual([
      ['E_TREE_ARROW_WITHOUT_LINK', 'hint', 3],
    ])
  })

  it('keep their order, lines and columns, and the commands and branches that are nested in them', () => {
    const text =
      '# A\n\n- `b-c` x → [A](#a)\n  ```bash\n  ls\n  ```\n  - `d-e` y → [A](#a)\n\n  More.\n- otherwise → [A](#a)\n'
    const step = stepOf(text)
    expect(step.branches.map(({ when, label, line, column }) => [when, label, line, column])).toEqual([
      ['b-c', 'x More.', 3, 4],
      ['d-e', 'y', 7, 6],
      ['otherwise', 'A', 10, expect.any(Number)],
    ])
    expect(step.commands.map(command => command.run)).toEqual(['ls'])
    expect(step.explanation).toBe('')
  })

  it('stand beside sub-steps in an ordered list', () => {
    const { steps } = compile('# A\n\n1. x\n   ```bash\n   ls\n   ```\n2. `b-c` → [A](#a)\n').tree
    expect(steps.map(step => [step.id, step.branches.length])).toEqual([
      ['a', 1],
      ['a-1', 0],
    ])
  })
})

describe('look-for items', () => {
  const lookFor = (item: string) => stepOf(`# A\n\n${item}\n`).lookFor[0]

  it.each<readonly [item: string, expected: object]>([
    [
      '- `x509: certificate has expired` — the client certificate is past its end',
      {
        pattern: { kind: 'literal', text: 'x509: certificate has expired' },
        means: 'the client certificate is past its end',
        line: 3,
        column: 4,
      },
    ],
    [
      '- `/dial tcp [0-9.]+:6443: .*refused/` — nothing listens',
      { pattern: { kind: 'regex', source: 'dial tcp [0-9.]+:6443: .*refused', flags: '' } },
    ],
    ['- `a`: b `c` [d](#x)', { pattern: { kind: 'literal', text: 'a' }, means: 'b c d' }],
    ['- `a` - b', { means: 'b' }],
    ['- `a` – b\n  and c', { means: 'b and c' }],
    ['- `/var/lib/` — a path', { pattern: { kind: 'literal', text: '/var/lib/' } }],
    ['* ``a `b` c`` — ticks', { pattern: { kind: 'literal', text: 'a `b` c' } }],
  ])('%s', (item, expected) => {
    expect(lookFor(item)).toMatchObject(expected)
  })

  it.each(['- `a` and b — c', '- see `a` — b', '- `a`', '- `a`-b', '- `kubelet` is a service', '- a — b'])(
    'are not made of: %s',
    item => {
      expect(lookFor(item)).toBeUndefined()
    },
  )
})

describe('links', () => {
  it('in the prose lead to steps of this and other runbooks', () => {
    const text =
      '# A\n\nSee [B](#b),\n[c](other.md#c) and [web](https://x.y/#z).\n\n- [B](#b)\n\n| [B](#b) |\n|---|\n\n# B\n'
    expect(stepOf(text).links).toMatchObject([
      { text: 'B', to: { ref: { runbook: 'sample', step: 'b' } }, line: 3 },
      { text: 'c', to: { ref: { runbook: 'other', step: 'c' } }, line: 4 },
      { text: 'B', line: 6 },
      { text: 'B', line: 8 },
    ])
  })

  it('to anchors inside a section lead to its step', () => {
    expect(stepOf('# A\n\n[x](#old)\n\n# B\n\n<a id="old"></a>\n').links).toMatchObject([
      { to: { ref: { step: 'b' } } },
    ])
  })
})
