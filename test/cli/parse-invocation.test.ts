import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/cli/command.ts'
import { commands, homeCommand } from '../../src/cli/commands.ts'
import { firstOperandAt, parseInvocation } from '../../src/cli/parse-invocation.ts'
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

describe('the word that names the command', () => {
  const all = [homeCommand, ...commands]

  it.each([
    [['open', 'mks-node'], 0],
    [['--json', 'classify', 'ls'], 1],
    [['--target', 'sim', '--var', 'A=1', 'open', 'mks-node'], 4],
    [['--theme=dark', 'drill', 'list'], 1],
    [['--target', 'sim'], -1],
    [[], -1],
  ])('may have options before it: %j', (args, at) => {
    expect(firstOperandAt(all, args)).toBe(at)
  })

  it('is told from values, as every option either takes one in all commands or in none', () => {
    const forms = Map.groupBy(
      all.flatMap(({ options }) => options),
      option => option.name,
    )
    for (const [name, options] of forms)
      expect(new Set(options.map(({ value }) => value !== undefined)), name).toHaveProperty('size', 1)
  })
})
