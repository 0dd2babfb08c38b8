import { describe, expect, it } from 'vitest'
import type { Binding } from '../../../src/ui/keys/binding.ts'
import { resolveKey } from '../../../src/ui/keys/resolve-key.ts'

type Door = { readonly isLocked: boolean }

const binding = (
  id: string,
  scope: Binding<Door, string>['scope'],
  more: Partial<Binding<Door, string>> = {},
) => ({
  id,
  scope,
  keys: ['n'],
  description: id,
  tag: 'Moving' as const,
  action: () => id,
  ...more,
})

const locked = ({ isLocked }: Door): string | undefined => (isLocked ? 'It is locked.' : undefined)

const table: readonly Binding<Door, string>[] = [
  binding('general', 'app'),
  binding('special', 'step', { disabledReason: locked }),
  binding('digit', 'home', { keys: ['1', '2'], action: (_door, key) => `digit ${key}` }),
]

const ask = (scopes: readonly Binding<Door, string>['scope'][], name: string, isLocked = false) =>
  resolveKey(table, { scopes, press: { name }, context: { isLocked } })

describe('resolveKey', () => {
  it('asks the more special scope first', () => {
    expect(ask(['step', 'app'], 'n')).toEqual({ kind: 'action', action: 'special', bindingId: 'special' })
  })

  it('falls through to a general scope', () => {
    expect(ask(['home', 'app'], 'n')).toMatchObject({ kind: 'action', action: 'general' })
  })

  it('says why a key does nothing, and does not hand it on', () => {
    expect(ask(['step', 'app'], 'n', true)).toEqual({
      kind: 'disabled',
      reason: 'It is locked.',
      bindingId: 'special',
    })
  })

  it('tells the action which of its keys it was', () => {
    expect(ask(['home'], '2')).toMatchObject({ action: 'digit 2' })
  })

  it('knows an unbound key', () => {
    expect(ask(['step', 'app'], 'x')).toEqual({ kind: 'unbound' })
  })
})
