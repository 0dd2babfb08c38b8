import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSecretMask } from '../../src/runtime/secret-mask.ts'

const masked = (pieces: readonly string[], secret: string): string => {
  const mask = createSecretMask(new Map([['TOKEN', secret]]))
  const passed = pieces.map(text => mask.pass({ stream: 'stdout', text }).text)
  return [...passed, ...mask.rest().map(({ text }) => text)].join('')
}

it('masks a secret in whatever pieces it comes', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 30 }), { maxLength: 4 }), cuts => {
      const text = 'a hunter2 b hunthunter2 c hunte'
      const ends = [...cuts, text.length].sort((a, b) => a - b)
      const pieces = ends.map((end, at) => text.slice(at === 0 ? 0 : ends[at - 1], end))
      expect(masked(pieces, 'hunter2')).toBe('a •••••• b hunt•••••• c hunte')
    }),
  )
})

it('masks it as programs write it: in JSON, in an address, in base64', () => {
  const secret = 'pass "word"&1'
  const text = `${JSON.stringify({ secret })} x=${encodeURIComponent(secret)} ${Buffer.from(secret).toString('base64')}`
  expect(masked([text], secret)).not.toMatch(/word/)
  expect(masked([text], secret).match(/••••••/g)).toHaveLength(3)
})

it('lets everything pass while no secret is known', () => {
  expect(createSecretMask(new Map()).pass({ stream: 'stderr', text: 'hunter2' }).text).toBe('hunter2')
})
