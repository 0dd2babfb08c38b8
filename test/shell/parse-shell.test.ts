import { describe, expect, test } from 'vitest'
import { parseShell } from '../../src/shell/index.ts'

describe('parseShell', () => {
  test('gives the statements of a text of several lines', () => {
    const { script, problems } = parseShell('cd /etc\nfor f in *; do\n  cat "$f"\ndone\n')
    expect(script.commands.map(statement => statement.command.type)).toEqual(['Command', 'For'])
    expect(problems).toEqual([])
  })

  test('tells what is wrong, also inside a substitution', () => {
    expect(parseShell('if true; then').problems).not.toEqual([])
    expect(parseShell('echo "$(for)"').problems).not.toEqual([])
  })

  test('takes <pod-name> as a word', () => {
    const { script } = parseShell('kubectl logs <pod-name>')
    const command = script.commands[0]?.command
    expect(command?.type === 'Command' && command.redirects).toEqual([])
  })
})
