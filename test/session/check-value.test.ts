import { expect, it } from 'vitest'
import { refuseValue } from '../../src/session/check-value.ts'
import type { VariableType } from '../../src/tree/index.ts'

const cases: readonly (readonly [VariableType, readonly string[], readonly string[]])[] = [
  [
    'ip',
    ['10.0.0.7', '255.255.255.255', 'fe80::1', '::1', '2001:db8::8a2e:370:7334'],
    ['10.0.0', '10.0.0.256', 'node', '1:2', '10.0.0.7; id'],
  ],
  [
    'host',
    ['worker-2', 'worker-2.example.org', '10.0.0.7', 'fe80::1'],
    ['-oProxyCommand=x', 'a b', 'a;b', ''],
  ],
  ['port', ['1', '6443', '65535'], ['0', '65536', '080', '-1', '22;']],
  ['name', ['web-0', 'kube-system', '7f9c.x'], ['Web', '-n', 'a_b', 'a b', '']],
  ['path', ['/etc/hosts', 'a b', '~/x'], ['-rf', 'a\nb', '', 'a\0']],
  ['number', ['3', '-2.5'], ['3a', '', '1e9']],
  ['duration', ['30s', '1.5h', '10', '250ms'], ['s', '-3s', '3 s']],
  ['text', ["it's; $(x)", '-x', 'a\nb'], ['', 'a\0b']],
  ['secret', ['p@ss word'], ['']],
]

it.each(cases)('a value of type %s', (type, right, wrong) => {
  expect(right.filter(value => refuseValue('X', type, value) !== undefined)).toEqual([])
  expect(wrong.filter(value => refuseValue('X', type, value) === undefined)).toEqual([])
})

it('that is refused is told what is wanted', () => {
  expect(refuseValue('NODE_IP', 'ip', 'worker-2')).toEqual({
    code: 'E_SESSION_VARIABLE_INVALID',
    text: 'NODE_IP wants an IP address, such as 10.0.0.7.',
  })
})
