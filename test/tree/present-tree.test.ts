import { describe, expect, it } from 'vitest'
import { presentMermaid, presentTreeJson, presentTreeText, reachableSteps } from '../../src/tree/index.ts'
import { seed, treeOf } from './trees.ts'

const tree = treeOf(`---
title: Node
summary: One node
layers: {a: node}
---
# A "quoted" [x]

## A

Text, see [C](#c).

\`\`\`bash
# List
ls <dir>
cat <<EOF
x
EOF
\`\`\`

- \`no space\` — full
- \`disk-full\` the disk → [B](#b)
- \`/x/i\` → [other](other.md#y)
- ask → [help](#escalate)
- otherwise → [done](#resolved)

## B

## C

node-1:

\`\`\`
node-1$ pwd
\`\`\`
`)

const effectOf = (line: string): string => (line.startsWith('cat') ? 'unknown' : 'read')

describe('a tree as JSON', () => {
  const json = JSON.parse(JSON.stringify(presentTreeJson(tree, effectOf)))

  it('has the shape that scripts rely on, with null for what is absent', () => {
    expect(json).toMatchObject({ title: 'Node', summary: 'One node', start: 'a-quoted-x' })
    expect(json.steps[1]).toEqual({
      id: 'a',
      title: 'A',
      number: null,
      level: 2,
      parent: 'a-quoted-x',
      layer: 'node',
      line: 8,
      commands: [
        {
          id: 'a/1',
          run: 'ls <dir>',
          caption: 'List',
          where: null,
          effect: 'read',
          placeholders: ['DIR'],
          sample: null,
          line: 14,
        },
        expect.objectContaining({
          run: 'cat <<EOF\nx\nEOF',
          caption: null,
          effect: 'unknown',
          placeholders: [],
        }),
      ],
      lookFor: [{ pattern: 'no space', kind: 'literal', means: 'full', line: 20 }],
      branches: [
        { when: 'disk-full', kind: 'cause', to: 'b', label: 'the disk', line: 21 },
        { when: '/x/i', kind: 'text', to: 'other#y', label: 'other', line: 22 },
        { when: '', kind: 'choice', to: '#escalate', label: 'ask', line: 23 },
        { when: 'otherwise', kind: 'otherwise', to: '#resolved', label: 'done', line: 24 },
      ],
      next: 'b',
    })
    expect(json.steps[3]).toMatchObject({ next: null, commands: [{ where: 'node-1' }] })
  })
})

describe('a tree as text', () => {
  it('is an outline with effects, places, signs and branches', () => {
    expect(presentTreeText(tree, effectOf)).toBe(`Node
One node
start: #a-quoted-x

A "quoted" [x]  #a-quoted-x
  A  #a
      $ read         ls <dir>
      $ unknown      cat <<EOF …
      ! no space — full
      → #b  [disk-full] the disk
      → other#y  [/x/i] other
      → #escalate  ask
      → #resolved  [otherwise] done
  B  #b
  C  #c
      $ read         pwd   (node-1)
`)
  })
})

describe('a tree as a Mermaid chart', () => {
  it('draws steps, branches, ends and other runbooks, and writes signs as entities', () => {
    expect(presentMermaid(tree).split('\n')).toEqual([
      'flowchart TD',
      '  s0["A #34;quoted#34; #91;x#93;"]:::start',
      '  s1{{"A"}}',
      '  s2["B"]',
      '  s3["C"]',
      '  s0 -.-> s1',
      '  s1 -->|"disk-full"| s2',
      '  s1 -->|"/x/i"| x_other_y[/"other#35;y"/]',
      '  s1 -->|"ask"| escalate(["escalate"])',
      '  s1 -->|"otherwise"| resolved(["resolved"])',
      '  s1 -. link .-> s3',
      '  s2 -.-> s3',
      '  classDef start stroke-width:3px',
      '  classDef unreached opacity:0.5',
      '',
    ])
  })

  it('has a node for each step of a large document', () => {
    const gravity = seed('004-gravity-fire-drills')
    expect(presentMermaid(gravity).match(/^ {2}s\d+\[/gm)).toHaveLength(gravity.steps.length)
  })
})

describe('reachability', () => {
  it('follows branches, links, symptoms and document order, but not past an exhaustive branch', () => {
    expect([...reachableSteps(tree)].sort()).toEqual(['a', 'a-quoted-x', 'b', 'c'])
    const cut = treeOf('# A\n- otherwise → [C](#c)\n# B\n# C\n# D\n')
    expect([...reachableSteps(cut)].sort()).toEqual(['a', 'c', 'd'])
    const symptom = treeOf('---\nsymptoms: [{say: x, go: b}]\n---\n# A\n- otherwise → [C](#resolved)\n# B\n')
    expect([...reachableSteps(symptom)].sort()).toEqual(['a', 'b'])
  })

  it('counts a heading as reached with a step below it', () => {
    const nested = treeOf('# A\n- otherwise → [C](#c)\n# B\n## C\n')
    expect(reachableSteps(nested).has('b')).toBe(true)
  })

  it('ends where steps lead round in a circle', () => {
    expect(reachableSteps(treeOf('# A\n- x → [A](#a)\n[A](#a)\n')).size).toBe(1)
  })
})
