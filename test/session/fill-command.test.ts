import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillPlaceholders } from '../../src/session/fill-command.ts'

const placeholder = (text: string) => ({ text, name: text.replace(/[<>{}]/g, '') })
const fill = (line: string, values: Readonly<Record<string, string>>, ...texts: readonly string[]) =>
  fillPlaceholders(line, texts.map(placeholder), new Map(Object.entries(values)))

describe('placeholders', () => {
  it('are filled wherever they stand, in any spelling', () => {
    const line = 'kubectl logs <pod-name> -n NAMESPACE --since={{since}} | grep <pod-name>'
    const values = { 'pod-name': 'web-0', NAMESPACE: 'shop', since: '5m' }
    expect(fill(line, values, '<pod-name>', 'NAMESPACE', '{{since}}')).toEqual({
      line: 'kubectl logs web-0 -n shop --since=5m | grep web-0',
      missing: [],
    })
  })

  it('are named once where no value is known, and stay as they are', () => {
    expect(fill('ping <node-ip> && nc <node-ip> PORT', { PORT: '22' }, '<node-ip>', 'PORT')).toEqual({
      line: 'ping <node-ip> && nc <node-ip> 22',
      missing: ['node-ip'],
    })
  })

  it('in capitals are whole words, and not variables of the shell', () => {
    const line = `echo $NODE_IP \${NODE_IP} MY_NODE_IP NODE_IP2 NODE_IP`
    expect(fill(line, { NODE_IP: '10.0.0.7' }, 'NODE_IP').line).toBe(
      `echo $NODE_IP \${NODE_IP} MY_NODE_IP NODE_IP2 10.0.0.7`,
    )
  })

  it('whose spelling begins like another one are told apart', () => {
    expect(
      fill(
        'x coredns-xxx coredns-xxx-yyy',
        { 'coredns-xxx': 'a', 'coredns-xxx-yyy': 'b' },
        'coredns-xxx',
        'coredns-xxx-yyy',
      ).line,
    ).toBe('x a b')
  })

  it('in values are not filled again', () => {
    expect(fill('echo <a-a> <b-b>', { 'a-a': '<b-b>', 'b-b': 'x' }, '<a-a>', '<b-b>').line).toBe(
      "echo '<b-b>' x",
    )
  })

  it('in comments want no value', () => {
    expect(fill("df -h # don't forget <node-ip>", {}, '<node-ip>').missing).toEqual([])
  })
})

/** Fills many values into templates and lets bash say which arguments it saw. */
const argumentsSeen = (lines: readonly string[]): readonly string[] => {
  const script = `show() { printf '%s\\0' "$@"; }\n${lines.join('\n')}\n`
  return execFileSync('bash', ['-c', script], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).split('\0')
}

describe('a value', () => {
  const templates = [
    ['as a word', 'show <a-value>', ''],
    ['within a word', 'show a/<a-value>/b', 'a/|/b'],
    ['in double quotes', 'show "a <a-value> b"', 'a | b'],
    ['in single quotes', "show 'a <a-value> b'", 'a | b'],
    ['in quotes of the other kind', `show "it's <a-value>"`, "it's |"],
    ['in dollar quotes', "show $'a\\'\\t<a-value>'", "a'\t|"],
    ['in a substitution inside quotes', 'show "$(printf %s. <a-value>)"', '|.'],
    ['in backquotes', 'show "`printf %s. <a-value>`"', '|.'],
    ['behind an escaped quote', 'show \\"<a-value>', '"|'],
    ['behind a comment with a quote', "# don't\nshow <a-value>", ''],
    ['in a heredoc', 'show "$(cat <<EOF\nit\'s <a-value>.\nEOF\n)"', "it's |."],
    ['in a quoted heredoc', 'show "$(cat <<\'EOF\'\n"<a-value>.\nEOF\n)"', '"|.'],
    ['behind a heredoc', 'cat > /dev/null <<-EOF\n\tit\'s\n\tEOF\nshow "<a-value>"', ''],
  ] as const
  const hostile = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'ab \'"\\$`;&|<>(){}*?!#~=\n\t-'), minLength: 1, maxLength: 12 }),
    fc.constantFrom(
      '$(touch /tmp/pwned)',
      '`id`',
      "'; id #",
      '"; id #',
      '\\',
      "'",
      'a b',
      '-rf',
      '$HOME',
      '!!',
    ),
  )

  it.each(templates)('stays one literal argument %s', (name, template, shape) => {
    // bash itself takes quotes and backslashes away once more inside backquotes; and a heredoc ends at a line with its word.
    const isFragile = name === 'in backquotes'
    fc.assert(
      fc.property(
        fc.array(isFragile ? hostile.filter(value => !/[\\`$"\n]/.test(value)) : hostile, {
          minLength: 1,
          maxLength: 25,
        }),
        values => {
          const lines = values.map(value => fill(template, { 'a-value': value }, '<a-value>').line)
          const [before = '', after = ''] = shape.split('|')
          expect(argumentsSeen(lines)).toEqual([...values.map(value => `${before}${value}${after}`), ''])
        },
      ),
      { numRuns: 8 },
    )
  })
})
