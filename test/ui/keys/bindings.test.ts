import { describe, expect, it } from 'vitest'
import { scopes } from '../../../src/ui/keys/binding.ts'
import { bindings } from '../../../src/ui/keys/bindings.ts'
import { keyName, keyNames } from '../../../src/ui/keys/key-names.ts'
import { presentKeys } from '../../../src/ui/keys/present-keys.ts'

describe('the table of keys', () => {
  it('gives every binding its own name', () => {
    const ids = bindings.map(binding => binding.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each(scopes)('has no key twice in the scope %s', scope => {
    const keys = bindings.filter(binding => binding.scope === scope).flatMap(binding => binding.keys)
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
  })

  it('has no key that Ink cannot tell', () => {
    const keys = bindings.flatMap(binding => binding.keys)
    expect(keys.filter(key => /^f\d|^alt-/.test(key))).toEqual([])
  })

  it('lets no other scope take the keys that stop and suspend', () => {
    const safety = bindings.filter(binding => binding.keys.some(key => key === 'ctrl-c' || key === 'ctrl-z'))
    expect(safety.map(binding => binding.scope)).toEqual(['app', 'app'])
  })

  it('describes every key without a full stop', () => {
    expect(bindings.filter(({ description }) => description === '' || description.endsWith('.'))).toEqual([])
  })
})

describe('presentKeys', () => {
  it('lists every binding once, with words for where it counts', () => {
    const listed = presentKeys()
    expect(listed).toHaveLength(bindings.length)
    expect(listed.find(key => key.id === 'take-recommended')).toEqual({
      id: 'take-recommended',
      tag: 'Going on',
      keys: ['n'],
      description: 'Take the recommended way',
      where: 'on a step',
    })
  })
})

describe('key names', () => {
  it('read as on the keyboard', () => {
    expect(['enter', 'ctrl-d', 'pgdn', 'j', 'G'].map(keyName)).toEqual(['Enter', 'Ctrl-D', 'PgDn', 'j', 'G'])
  })

  it('join a run of digits', () => {
    expect(keyNames(['1', '2', '3', '4'])).toBe('1–4')
    expect(keyNames(['j', 'down'])).toBe('j ↓')
  })
})
