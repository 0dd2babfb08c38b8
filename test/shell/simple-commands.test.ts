import { expect, test } from 'vitest'
import { simpleCommands } from '../../src/shell/index.ts'

test.each([
  [
    'sudo crictl ps -a | grep etcd',
    [
      ['crictl', 'ps', '-a'],
      ['grep', 'etcd'],
    ],
  ],
  ['ETCDCTL_API=3 etcdctl endpoint health', [['etcdctl', 'endpoint', 'health']]],
  ['/usr/bin/env LC_ALL=C /bin/df -h', [['df', '-h']]],
  ['kubectl exec web-0 -- df -h', [['df', '-h']]],
  [
    "ssh worker-2 'free -m; df -h'",
    [
      ['free', '-m'],
      ['df', '-h'],
    ],
  ],
  ['kubectl logs $POD', [['kubectl', 'logs', '$POD']]],
  ['export A=1', [['export', 'A=1']]],
  ['A=1', []],
])('%s runs these programs', (line, expected) => {
  expect(simpleCommands(line)).toEqual(expected)
})
