import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  findSteps,
  lintTree,
  presentMermaid,
  presentTreeJson,
  presentTreeText,
  searchTree,
} from '../../src/tree/index.ts'
import { treeOf } from './trees.ts'

const pieces = [
  '# head\n',
  '# head\n',
  '## 1.2 b `c` 🎉\n',
  '\n',
  '- ',
  '1. ',
  '  ',
  '   ',
  '> ',
  '```bash\n',
  '```bash {name=x}\n',
  '```\n',
  '$ ls <pod>\n',
  'ls NODE_NAME\n',
  '# c\n',
  '`disk-full` x → [a](#head)\n',
  'otherwise → [b](#gone)\n',
  '`/x/` → [c](other.md#x)\n',
  '`a.b > 1` → [d](#resolved)\n',
  '`sign` — means\n',
  'text [l](#head-1)\n',
  '---\n',
  'start: x\n',
  'symptoms: [{say: a, go: b}]\n',
  'layers: {head: node}\n',
  '| a |\n|---|\n',
  '<!-- x -->\n',
  '!!! note:\n    x\n',
  '    ',
  '\t',
  '{{x}}',
  '\u{FFFD}',
]

const markdown = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 50 }).map(all => all.join('')),
)

const checks = {
  knownCause: () => false,
  checkCondition: () => undefined,
  effectOf: () => 'unknown' as const,
  knownRunbookStep: () => false,
}

describe('any text as a tree', () => {
  it('never throws, in any view', () => {
    fc.assert(
      fc.property(markdown, fc.string({ maxLength: 20 }), (text, query) => {
        const tree = treeOf(text)
        lintTree(tree, checks)
        findSteps(tree, query)
        searchTree([tree], query)
        presentMermaid(tree)
        presentTreeText(tree, () => 'read')
        presentTreeJson(tree, () => 'read')
      }),
      { numRuns: 400 },
    )
  })

  it('has unique steps and commands, with neighbours that exist and fit together', () => {
    fc.assert(
      fc.property(markdown, text => {
        const { steps, stepById, start } = treeOf(text)
        expect(stepById.size).toBe(steps.length)
        const ids = steps.flatMap(step => step.commands.map(command => command.id))
        expect(new Set(ids).size).toBe(ids.length)
        expect(start === undefined).toBe(steps.length === 0)
        for (const [order, step] of steps.entries()) {
          expect(step.next).toBe(steps[order + 1]?.id)
          if (step.parent !== undefined) expect(stepById.get(step.parent)?.children).toContain(step.id)
          for (const child of step.children) expect(stepById.get(child)?.parent).toBe(step.id)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('loses no word of the prose: each is a title, explanation, caption, sign or reason', () => {
    const word = fc.stringMatching(/^w[a-z]{6}$/)
    const line = fc.oneof(
      word,
      word.map(text => `- ${text}`),
      word.map(text => `1. ${text}`),
      word.map(text => `   - ${text}`),
      word.map(text => `> ${text}`),
      word.map(text => `## ${text}`),
      word.map(text => `- \`x-y\` ${text} → [a](#b)`),
      word.map(text => `- \`x\` — ${text}`),
      word.map(text => `\`\`\`bash\n# ${text}\nls\n\`\`\``),
      word.map(text => `1. ${text}\n   \`\`\`bash\n   ls\n   \`\`\``),
      fc.constant(''),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 15 }), lines => {
        const text = lines.join('\n')
        const kept = JSON.stringify([...treeOf(text).stepById.values()])
        for (const [one] of text.matchAll(/w[a-z]{6}/g)) expect(kept).toContain(one)
      }),
      { numRuns: 400 },
    )
  })
})
