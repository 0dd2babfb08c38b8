import { expect, test } from 'vitest'
import { factsOf } from '../kit/recorded-output.ts'

const status = [
  '○ salt-minion.service - The Salt Minion',
  '     Loaded: loaded (/lib/systemd/system/salt-minion.service; disabled; preset: enabled)',
  '     Active: inactive (dead) since Sat 2025-11-22 05:12:44 UTC; 1h ago',
]

test('what two commands of a line tell of one unit is one row, quoted where most of it stands', () => {
  const { facts, lines } = factsOf(
    'systemctl is-enabled salt-minion; systemctl status salt-minion',
    ['disabled', ...status].join('\n'),
  )
  expect(facts.units).toMatchObject([
    { name: 'salt-minion.service', enabled: 'disabled', active: 'inactive' },
  ])
  expect(lines.get('units[0]')).toBe(4)
})

test('what they tell of different ones is a row each', () => {
  const { facts, lines } = factsOf(
    'systemctl is-active chisel; systemctl status salt-minion',
    ['active', ...status].join('\n'),
  )
  expect(facts.units).toMatchObject([
    { name: 'chisel.service', active: 'active' },
    { name: 'salt-minion.service', active: 'inactive' },
  ])
  expect([lines.get('units[0]'), lines.get('units[1]')]).toEqual([1, 4])
})
