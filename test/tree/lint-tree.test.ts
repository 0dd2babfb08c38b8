import { describe, expect, it } from 'vitest'
import { type LintChecks, lintTree } from '../../src/tree/index.ts'
import { seed, treeOf } from './trees.ts'

const effects: Readonly<Record<string, ReturnType<LintChecks['effectOf']>>> = {
  look: 'read',
  change: 'change',
  wipe: 'destructive',
}

const checks: LintChecks = {
  knownCause: id => id === 'disk-full',
  checkCondition: expression =>
    expression.includes('bad') ? { message: 'no such fact', column: 3 } : undefined,
  effectOf: line => effects[line.split(' ')[0] ?? ''] ?? 'unknown',
  knownRunbookStep: ref => ref.runbook === 'other' && ref.step === 'x',
}

const lint = (text: string): readonly string[] =>
  lintTree(treeOf(text), checks).map(
    ({ code, severity, span }) => `${span.start.line}:${span.start.column} ${severity} ${code}`,
  )

/** A document that was written for walking and has no fault of its own. */
const annotated = (...lines: readonly string[]): string =>
  ['---', 'summary: s', '---', '# A', '', ...lines, '', '- otherwise → [done](#resolved)'].join('\n')

const fence = (...commands: readonly string[]): string => ['```bash', ...commands, '```'].join('\n')

describe('lint', () => {
  it('is silent about a good document', () => {
    const text = annotated(
      fence('look'),
      '',
      '- `/x+/` — y',
      '- `disk-full` → [done](#resolved)',
      '- `node` → [o](other.md#x)',
    )
    expect(lint(text)).toEqual([])
  })

  it.each<readonly [what: string, lines: readonly string[], expected: string]>([
    ['a broken branch', ['- `disk-full` → [x](#gone)'], '6:1 error E_LINT_BROKEN_LINK'],
    ['a broken link', ['See [x](#gone).'], '6:1 error E_LINT_BROKEN_LINK'],
    ['a broken link to another runbook', ['See [x](other.md#gone).'], '6:1 error E_LINT_BROKEN_LINK'],
    ['an unknown cause', ['- `dsk-full` → [x](#resolved)'], '6:4 error E_LINT_UNKNOWN_CAUSE'],
    ['a condition that cannot be used', ['- `a bad one` → [x](#resolved)'], '6:6 error E_LINT_CONDITION'],
    ['a pattern that does not compile', ['- `/(/` — x'], '6:4 error E_LINT_REGEX'],
    ['a pattern that looks ahead', ['- `/a(?=b)/` — x'], '6:4 error E_LINT_REGEX'],
    ['a pattern that looks behind', ['- `/(?<!a)b/` → [x](#resolved)'], '6:4 error E_LINT_REGEX'],
    ['a pattern that refers back', ['- `/(a)\\1/` — x'], '6:4 error E_LINT_REGEX'],
    ['a pattern with a flag of its own mind', ['- `/a/g` — x'], '6:4 error E_LINT_REGEX'],
    ['a command that cannot be told', [fence('odd --x')], '7:1 warning E_LINT_UNKNOWN_EFFECT'],
    ['a command that is cut short', [fence('look ... --x')], '7:1 hint E_LINT_CUT_SHORT'],
    ['a change that nothing verifies', [fence('change it')], '7:1 warning E_LINT_UNVERIFIED_CHANGE'],
    [
      'a placeholder that nobody describes',
      [fence('look NODE_NAME')],
      '7:1 warning E_LINT_UNDECLARED_PLACEHOLDER',
    ],
  ])('finds %s', (_, lines, expected) => {
    expect(lint(annotated(...lines))).toContain(expected)
  })

  it('lets a pattern escape what would look like a fault', () => {
    expect(lint(annotated('- `/\\(?=x[(?=]\\\\1/` — x'))).toEqual([])
  })

  it('wants "otherwise" last, but lets choices stand behind it', () => {
    const text = (item: string) => `# A\n\n- otherwise → [x](#resolved)\n- ${item} → [y](#resolved)\n`
    expect(lint(text('`disk-full`'))).toEqual(['4:1 error E_LINT_OTHERWISE_NOT_LAST'])
    expect(lint(text('someone says so'))).toEqual([])
  })

  it('warns of a choice before "otherwise", which would keep it from ever holding', () => {
    const text = (first: string, second: string) =>
      `# A\n\n- ${first} → [x](#resolved)\n- ${second} → [y](#resolved)\n`
    expect(lint(text('someone says so', 'otherwise'))).toEqual(['3:1 warning E_LINT_CHOICE_BEFORE_OTHERWISE'])
    expect(lint(text('`exit == 0`', 'otherwise'))).toEqual([])
    expect(lint(text('someone says so', 'someone else'))).toEqual([])
  })

  it('takes a change for verified by a reading command or by a branch to a step that reads', () => {
    expect(lint(annotated(fence('change', 'look')))).toEqual([])
    expect(lint(annotated(fence('look', 'change')))).toEqual(['8:1 warning E_LINT_UNVERIFIED_CHANGE'])
    const back = `# A\n\n${fence('look')}\n\n- [fix](#b)\n- otherwise → [B](#b)\n\n# B\n\n${fence('wipe')}\n\n- otherwise → [A](#a)\n`
    expect(lint(back)).toEqual([])
  })

  it('believes an author who says more than can be seen, and no less', () => {
    const one = (attribute: string, command: string) =>
      lint(annotated(`\`\`\`bash {effect=${attribute}}\n${command}\n\`\`\``))
    expect(one('read', 'odd')).toEqual([])
    expect(one('change', 'look')).toEqual(['7:1 warning E_LINT_UNVERIFIED_CHANGE'])
    expect(one('read', 'change')).toEqual(['7:1 warning E_LINT_UNVERIFIED_CHANGE'])
  })

  it('finds steps that no way leads to, and steps that lead nowhere', () => {
    const text = `# A\n\n- otherwise → [C](#c)\n\n# B\n\n${fence('look')}\n\n# C\n\n${fence('look')}\n`
    expect(lint(text)).toEqual(['5:1 warning E_LINT_UNREACHABLE', '11:1 warning E_LINT_DEAD_END'])
    expect(lint(`# A\n\n${fence('look')}\n\n- otherwise → [A](#a)\n`)).toEqual([
      '1:1 warning E_LINT_DEAD_END',
    ])
  })

  it('checks declared variables against commands, both ways', () => {
    const text =
      '---\nvariables:\n  NODE_IP: {about: x, from: "bad()"}\n  GONE: {about: y}\n---\n# A\n```bash\nlook NODE_IP\n```\n- otherwise → [x](#resolved)\n'
    expect(lint(text)).toEqual(['1:1 error E_LINT_FROM', '1:1 hint E_LINT_UNUSED_VARIABLE'])
  })

  it('checks where symptoms lead', () => {
    expect(lint('---\nsymptoms:\n  - {say: x, go: gone}\n---\n# A\n')).toEqual([
      '3:1 error E_LINT_BROKEN_LINK',
    ])
  })

  it('only gives hints where a document was never meant to be walked', () => {
    const names = [
      '000-mks-node-runbook',
      '001-mks-production-playbook',
      '002-bare-metal-deep-dive',
      '003-k3s-resilience',
      '004-gravity-fire-drills',
    ]
    const severities = names.flatMap(name =>
      lintTree(seed(name), checks).map(diagnostic => diagnostic.severity),
    )
    expect(new Set(severities)).toEqual(new Set(['hint']))
  })
})
