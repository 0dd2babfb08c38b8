import { describe, expect, it } from 'vitest'
import { readAnswers } from '../../../src/cli/answers/read-answers.ts'
import { makeTree } from '../../../src/cli/load-tree.ts'

const treeOf = (name: string, text: string) => makeTree({ name, text }).tree

const first = treeOf(
  'first',
  `# First

## 1. Where is it?

- a single node is affected → [Look at the node](#2-look)
- all nodes are affected → [The network](second.md#network)
- nobody knows → [up](#escalate)

## 2. Look

- it is well → [done](#resolved)
- it is **not** well → [Where is it?](#1-where-is-it)

## 3. Nothing
`,
)
const second = treeOf(
  'second',
  '# Second\n\n## Network\n\n- fine → [done](#resolved)\n- broken → [up](#escalate)\n',
)
const context = {
  library: { trees: new Map([first, second].map(tree => [tree.name, tree])) },
  entry: first.name,
}
const read = (text: string) => {
  const { answers, problems } = readAnswers(text, context)
  return {
    answers: Object.fromEntries(answers),
    told: problems.map(({ at, message }) => `${at.line}:${at.column} ${message}`),
  }
}

describe('a file of answers', () => {
  const [, where, look] = first.steps.map(({ id }) => id)

  it('names branches by number, destination or words', () => {
    const at = (answer: string) => read(`${where}: ${answer}`)
    for (const answer of ['1', `"#${look}"`, look, `first#${look}`, 'a single node'])
      expect(at(String(answer))).toEqual({ answers: { [`first#${where}`]: 0 }, told: [] })
    expect(at('network').answers).toEqual({ [`first#${where}`]: 1 })
    expect(at('escalate').answers).toEqual({ [`first#${where}`]: 2 })
    expect(at('Nobody  knows').answers).toEqual({ [`first#${where}`]: 2 })
  })

  it('names steps as the command line does, of other runbooks on the way too', () => {
    expect(read('1: 3\n2.: resolved').answers).toEqual({ [`first#${where}`]: 2, [`first#${look}`]: 0 })
    expect(read('network: broken').answers).toEqual({ 'second#network': 1 })
    expect(read('second#network: fine').answers).toEqual({ 'second#network': 0 })
  })

  it('tells every line that cannot be, with the nearest name', () => {
    expect(read(`${where}: 4\nnetwrok: fine\n${look}: resovled\n3: 1\nnetwork: [1]`).told).toEqual([
      `1:1 ${where} has no branch 4; it has 1 a single node is affected; 2 all nodes are affected; 3 nobody knows`,
      '2:1 there is no step "netwrok"; did you mean network?',
      `3:1 "resovled" is no branch of ${look}; did you mean resolved?`,
      expect.stringMatching(/^4:1 .* asks nothing/),
      expect.stringMatching(/^5:1 wants a step/),
    ])
    expect(read(`${where}: affected`).told[0]).toContain('names branches 1 and 2')
    expect(read(`${where}: 1\n1: 2`).told).toEqual([`2:1 first#${where} is answered twice`])
  })

  it('may be empty, and must be lines of steps and branches', () => {
    expect(read('')).toEqual({ answers: {}, told: [] })
    expect(read('- 1').told).toHaveLength(1)
    expect(read('a: [').told[0]).toMatch(/not right YAML/)
  })
})
