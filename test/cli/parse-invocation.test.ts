import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/cli/command.ts'
import { parseInvocation } from '../../src/cli/parse-invocation.ts'
import { UserError } from '../../src/cli/user-error.ts'

const command: Command = {
  name: 'open',
  about: 'opens',
  usage: 'runtree open RUNBOOK',
  example: 'runtree open mks-node',
  options: [
    { name: 'var', value: 'NAME=VALUE', about: 'a variable', repeatable: true },
    { name: 'read-only', about: 'reads only' },
  ],
  operands: { least: 1, most: 1 },
  load: async () => async () => 0,
}

const messageOf = (args: readonly string[]): string => {
  try {
    parseInvocation(command, args)
    return 'no error'
  } catch (cause) {
    return cause instanceof UserError ? cause.message : 'another error'
  }
}

describe('parseInvocation', () => {
  it('reads operands, switches and repeated values in any order', () => {
    const invocation = parseInvocation(command, ['--var', 'A=1', 'mks-node', '--read-only', '--var=B=2 3'])
    expect(invocation.operands).toEqual(['mks-node'])
    expect([...invocation.flags]).toEqual(['read-only'])
    expect(invocation.values.get('var')).toEqual(['A=1', 'B=2 3'])
  })

  it.each([
    [['x', '--raed-only'], 'There is no option --raed-only. Did you mean --read-only?'],
    [['x', '--frobnicate'], 'There is no option --frobnicate.'],
    [['x', '--var'], '--var needs NAME=VALUE.'],
    [['x', '--read-only=yes'], '--read-only takes no value.'],
    [[], 'Something is missing.'],
    [['x', 'y'], '"y" is one word too many.'],
    [['--help'], 'no error'],
    [['--', '--json'], 'no error'],
  ])('says of %j: %s', (args, message) => {
    expect(messageOf(args)).toBe(message)
  })
})
