import { describe, expect, it } from 'vitest'
import { compile, seed, stepOf, treeOf } from './trees.ts'

describe('steps', () => {
  it('are the headings, nested, in document order', () => {
    const { steps, start } = treeOf('# A\n\n## B\n\n### C\n\n## D\n')
    expect(steps.map(({ id, level, parent, children, next }) => [id, level, parent, children, next])).toEqual(
      [
        ['a', 1, undefined, ['b', 'd'], 'b'],
        ['b', 2, 'a', ['c'], 'c'],
        ['c', 3, 'b', [], 'd'],
        ['d', 2, 'a', [], undefined],
      ],
    )
    expect(start).toBe('a')
  })

  it('keep their nesting where levels are left out', () => {
    const { steps } = treeOf('## A\n#### B\n### C\n# D')
    expect(steps.map(({ id, parent }) => [id, parent])).toEqual([
      ['a', undefined],
      ['b', 'a'],
      ['c', 'a'],
      ['d', undefined],
    ])
  })

  it('begin with the text before the first heading, if there is any', () => {
    const { steps, title } = treeOf('Hello.\n\n# A\n')
    expect(steps.map(({ id, level, title: own, explanation }) => [id, level, own, explanation])).toEqual([
      ['introduction', 0, 'Introduction', 'Hello.'],
      ['a', 1, 'A', ''],
    ])
    expect(title).toBe('A')
  })

  it.each([
    ['## 7.2 Logs', '7.2'],
    ['## 1. Fundamentals', '1'],
    ['## 3) Third', '3'],
    ['## Scenario 1.4: DNS', '1.4'],
    ['## Scenario 2.4. Resume', '2.4'],
    ['## 8.1 Scenario A', '8.1'],
    ['## Layer 1: Node', undefined],
    ['## Kubernetes 1.24 changes', undefined],
  ])('have the section number that their heading is written with: %s', (heading, number) => {
    expect(stepOf(heading).number).toBe(number)
  })

  it('are made of the items of an ordered list that holds commands', () => {
    const text = [
      '# A',
      '',
      'Before.',
      '',
      '1. **Look**:',
      '',
      '   ```bash',
      '   ls',
      '   ```',
      '',
      '   More text.',
      '2. Only text here',
      '3. ```bash',
      '   pwd',
      '   ```',
      '',
      'After.',
      '',
      '1. Again',
      '   ```bash',
      '   id',
      '   ```',
    ].join('\n')
    const { steps } = treeOf(text)
    expect(steps.map(({ id, title, level, parent }) => [id, title, level, parent])).toEqual([
      ['a', 'A', 1, undefined],
      ['a-1', 'Look', 2, 'a'],
      ['a-2', 'Only text here', 2, 'a'],
      ['a-3', 'Step 3', 2, 'a'],
      ['a-4', 'Again', 2, 'a'],
    ])
    expect(steps[0]?.children).toEqual(['a-1', 'a-2', 'a-3', 'a-4'])
    expect(steps[0]?.explanation).toBe('Before.\n\nAfter.')
    expect(steps.map(step => step.commands.map(command => command.run))).toEqual([
      [],
      ['ls'],
      [],
      ['pwd'],
      ['id'],
    ])
    expect(steps[1]?.explanation).toBe('More text.')
  })

  it('of lists never take the slug of a heading', () => {
    const { steps } = treeOf('# A\n\n1. x\n   ```bash\n   ls\n   ```\n\n# A\n')
    expect(steps.map(step => step.id)).toEqual(['a', 'a-1-1', 'a-1'])
  })

  it('of a list keep long first paragraphs and are named by what is bold', () => {
    const long =
      'particularly if the node became NotReady after an operation that someone started from the console'
    const step = stepOf(`# A\n\n1. **Agents** (${long}):\n   \`\`\`bash\n   ls\n   \`\`\`\n`, 'a-1')
    expect(step.title).toBe('Agents')
    expect(step.explanation).toBe(`**Agents** (${long}):`)
  })

  it('are not made of bullet lists or of ordered lists without commands', () => {
    expect(treeOf('# A\n\n- x\n  ```bash\n  ls\n  ```\n\n1. y\n2. z\n').steps).toHaveLength(1)
  })

  it('span their section', () => {
    const { steps } = treeOf('# A\n\ntext\n\n  ## B\nx\n')
    expect(steps.map(step => [step.span.start, step.span.end.line])).toEqual([
      [{ line: 1, column: 1 }, 4],
      [{ line: 5, column: 3 }, 7],
    ])
  })
})

describe('explanations', () => {
  it('hold prose, tables, quotes and other fences, but no commands, signs, branches, comments and rules', () => {
    const text = `# A

Text with [a link](#a).

<!-- hidden -->

| a | b |
|---|---|
| 1 | 2 |

\`\`\`bash
ls
\`\`\`

\`\`\`yaml
a: 1


b: 2
\`\`\`

- kept
- \`x509\` — a sign
- \`disk-full\` → [A](#a)

> quote

---
`
    expect(stepOf(text).explanation).toBe(
      'Text with [a link](#a).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```yaml\na: 1\n\n\nb: 2\n```\n\n- kept\n\n> quote',
    )
  })

  it('keep what looks like commands and is none, in a fence of its own', () => {
    const step = stepOf('# A\n\n- x\n  ```bash\n  ls\n\n  # Look for:\n  # - y\n  ```\n')
    expect(step.explanation).toBe('- x\n  ```text\n  # Look for:\n  # - y\n  ```')
  })

  it('leave admonitions readable', () => {
    expect(stepOf('# A\n\n!!! note:\n    Take care.\n').explanation).toBe('> **Note:**\n>   Take care.')
  })
})

describe('commands', () => {
  it('have ids, blocks, captions, places and samples', () => {
    const text =
      '---\nwhere: node\n---\n# A\n\n```bash\n# Disk\ndf -h\ndf -i\n```\n\n```bash {name=logs where=control-plane timeout=5s}\na\nb\n```\n\n```\nnode-1$ c\nout\n```\n'
    expect(stepOf(text).commands).toMatchObject([
      { id: 'a/1', run: 'df -h', caption: 'Disk', place: 'node', block: 0, timeoutMs: undefined },
      { id: 'a/2', run: 'df -i', caption: undefined, place: 'node', block: 0 },
      { id: 'a/logs', run: 'a', place: 'control-plane', block: 1, timeoutMs: 5000 },
      { id: 'a/logs-2', run: 'b', place: 'control-plane', block: 1 },
      { id: 'a/5', run: 'c', place: 'node-1', block: 2, sample: 'out' },
    ])
  })

  it.each([
    ['interactive', 'interactive'],
    ['follow', 'follow'],
    ['interactive=false', 'batch'],
    ['name=x', undefined],
  ])('marked %s run as %s', (attribute, mode) => {
    expect(stepOf(`\`\`\`bash {${attribute}}\nls\n\`\`\``).commands[0]?.mode).toBe(mode)
  })

  it('keep unique ids when names repeat', () => {
    const fence = '```bash {name=2}\nls\n```\n'
    expect(stepOf(`# A\n\`\`\`bash\npwd\nid\n\`\`\`\n${fence}${fence}`).commands.map(({ id }) => id)).toEqual(
      ['a/1', 'a/2', 'a/2-2', 'a/2-3'],
    )
  })
})

describe('the front matter', () => {
  const text = `---
title: Node runbook
summary: One node
start: c
symptoms:
  - {say: slow, go: b}
  - {say: offline, go: other.md#x}
  - {say: fine, go: '#resolved'}
variables: {NODE_IP: {about: the node, type: host}}
requires: [ls]
layer: node
layers: {b: infra}
---
# A
## B
### C
\`\`\`bash
ping NODE_IP <pod-name>
\`\`\`
`

  it('names the tree, its start, its symptoms and its variables', () => {
    expect(compile(text)).toMatchObject({
      diagnostics: [],
      tree: {
        name: 'sample',
        digest: 'd1',
        title: 'Node runbook',
        summary: 'One node',
        start: 'c',
        requires: ['ls'],
        symptoms: [
          { say: 'slow', go: { kind: 'step', ref: { runbook: 'sample', step: 'b' } }, line: 6 },
          { say: 'offline', go: { kind: 'step', ref: { runbook: 'other', step: 'x' } } },
          { say: 'fine', go: { kind: 'resolved' } },
        ],
        variables: [
          { name: 'NODE_IP', about: 'the node', type: 'host', from: undefined },
          { name: 'POD_NAME', about: undefined, type: 'name', from: undefined },
        ],
      },
    })
  })

  it('gives layers to steps and to those below them', () => {
    expect(treeOf(text).steps.map(step => step.layer)).toEqual(['node', 'infra', 'infra'])
    expect(stepOf('# A').layer).toBeUndefined()
  })

  it('that names steps that do not exist is told, and triage begins at the first', () => {
    const { tree, diagnostics } = compile('---\nstart: nowhere\nlayers: {gone: node}\n---\n# A\n')
    expect(tree.start).toBe('a')
    expect(diagnostics.map(({ code, span }) => [code, span.start.line])).toEqual([
      ['E_TREE_START_UNKNOWN', 2],
      ['E_TREE_LAYER_STEP_UNKNOWN', 3],
    ])
  })

  it('is not needed: a tree without steps has no start', () => {
    expect(treeOf('')).toMatchObject({ title: 'sample', start: undefined, steps: [] })
  })
})

describe('the source documents', () => {
  it.each([
    ['000-mks-node-runbook', 171],
    ['001-mks-production-playbook', 96],
    ['004-gravity-fire-drills', 124],
  ])('%s keeps all its commands as steps are made of it', (name, count) => {
    expect(seed(name).steps.flatMap(step => step.commands)).toHaveLength(count)
  })

  it('keep the scenarios of the node runbook as sub-steps', () => {
    const scenario = seed('000-mks-node-runbook').steps.filter(step => step.id.startsWith('83-scenario-c'))
    expect(scenario.map(step => step.title).slice(1, 4)).toEqual([
      'Resource checks',
      'Check core services',
      'Check control-plane containers',
    ])
  })
})
