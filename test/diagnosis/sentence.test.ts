import { expect, it } from 'vitest'
import { describeRow } from '../../src/diagnosis/sentence.ts'

it.each([
  ['filesystems', { mount: '/var', usePercent: 97 }, '/var is 97 % full'],
  ['nodes', { name: 'worker-1', status: 'NotReady', ready: false }, 'worker-1 is NotReady'],
  [
    'pods',
    { namespace: 'shop', name: 'web-0', status: 'CrashLoopBackOff' },
    'shop/web-0 is CrashLoopBackOff',
  ],
  ['pods', { name: 'web-0', status: 'Error' }, 'web-0 is Error'],
  [
    'members',
    { name: 'etcd-1', health: false, peers: ['a'], error: 'timeout' },
    'members: etcd-1: health false, error timeout',
  ],
  ['sysctls', { key: 'net.ipv4.ip_forward', value: 0 }, 'sysctls: key net.ipv4.ip_forward, value 0'],
  ['options', 'noatime', 'options: noatime'],
])('an element of %s is named in words', (fact, row, sentence) => {
  expect(describeRow(fact, row)).toBe(sentence)
})
