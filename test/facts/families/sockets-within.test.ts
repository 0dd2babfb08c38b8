import { expect, test } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

test('ss -xlp tells paths and inodes of sockets within the machine', () => {
  const stdout = `Netid State  Recv-Q Send-Q                   Local Address:Port  Peer Address:PortProcess
u_str LISTEN 0      4096   /run/containerd/containerd.sock 18446            * 0    users:(("containerd",pid=712,fd=9))
u_dgr UNCONN 0      0                  /run/systemd/notify 11023            * 0    users:(("systemd",pid=1,fd=20),("systemd-x",pid=301,fd=3))
`
  expect(factsOf('ss -xlp', stdout).facts.sockets).toEqual([
    {
      protocol: 'u_str',
      state: 'LISTEN',
      receiveQueue: 0,
      sendQueue: 4096,
      localAddress: '/run/containerd/containerd.sock',
      peerAddress: '*',
      process: 'containerd',
      pid: 712,
      inode: 18446,
    },
    {
      protocol: 'u_dgr',
      state: 'UNCONN',
      receiveQueue: 0,
      sendQueue: 0,
      localAddress: '/run/systemd/notify',
      peerAddress: '*',
      process: 'systemd',
      pid: 1,
      pids: [1, 301],
      inode: 11023,
    },
  ])
})

test('netstat -xlp tells the same', () => {
  const stdout = `Active UNIX domain sockets (only servers)
Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path
unix  2      [ ACC ]     STREAM     LISTENING     18446    712/containerd       /run/containerd/containerd.sock
unix  3      [ ]         DGRAM                    11023    1/init               /run/systemd/notify
unix  2      [ ]         DGRAM                    11025    -
`
  expect(factsOf('netstat -xlp', stdout).facts.sockets).toMatchObject([
    {
      protocol: 'unix',
      state: 'LISTEN',
      localAddress: '/run/containerd/containerd.sock',
      pid: 712,
      inode: 18446,
    },
    { type: 'DGRAM', state: 'UNCONN', process: 'init', localAddress: '/run/systemd/notify', references: 3 },
    { inode: 11025 },
  ])
})
