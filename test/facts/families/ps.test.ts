import { describe, expect, it } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

const processesOf = (command: string, stdout: string) => factsOf(command, stdout).facts.processes

describe('ps', () => {
  it('names no program where the column cut its path', () => {
    const stdout = `    PID    PPID CMD                         %MEM %CPU
  15000   14998 /usr/bin/dockerd -H fd:// -  0.7 35.7
  15498   14379 /opt/containerd/bin/contain  0.4 50.9
`
    expect(processesOf('ps -eo pid,ppid,cmd,%mem,%cpu --sort=-%mem', stdout)).toEqual([
      {
        pid: 15000,
        parentPid: 14998,
        cpuPercent: 35.7,
        memoryPercent: 0.7,
        program: 'dockerd',
        command: '/usr/bin/dockerd -H fd:// -',
      },
      {
        pid: 15498,
        parentPid: 14379,
        cpuPercent: 50.9,
        memoryPercent: 0.4,
        command: '/opt/containerd/bin/contain',
      },
    ])
  })

  it('names what is dead as it was named alive', () => {
    const row = 'root     15605  1.1  0.0      0     0 ?        Z    13:23   0:00 [sshd] <defunct>\n'
    expect(processesOf('ps aux | grep defunct', row)).toMatchObject([{ program: 'sshd', state: 'Z' }])
  })

  it.each([
    [
      'ps -e',
      '14998 pts/0    00:00:06   node\n',
      { pid: 14998, terminal: 'pts/0', cpuSeconds: 6, program: 'node' },
    ],
    [
      'ps ax',
      '  612 ?        Ssl    1:02 /usr/bin/kubelet --v=2\n',
      { pid: 612, state: 'Ssl', cpuSeconds: 62 },
    ],
    [
      'ps -eLf',
      'root       612     1   640  0   13 09:53 ?        00:00:02 /usr/bin/kubelet --v=2\n',
      { pid: 612, parentPid: 1, threadId: 640, threads: 13, cpuSeconds: 2, program: 'kubelet' },
    ],
    [
      'ps -el',
      '4 S     0   612     1  0  80   0 - 11471 -      ?        00:01:41 kubelet\n',
      { pid: 612, parentPid: 1, user: '0', nice: 0, state: 'S', program: 'kubelet' },
    ],
    [
      'ps alx',
      '4     0   612     1  20   0  45884 15096 ep_pol Ssl  ?          1:41 /usr/bin/kubelet\n',
      { pid: 612, parentPid: 1, memory: 15096 * 1024, state: 'Ssl', waitsIn: 'ep_pol' },
    ],
    [
      'ps axjf',
      '    1   612   612   612 ?           -1 Ssl      0   0:00  \\_ /usr/bin/kubelet\n',
      { pid: 612, parentPid: 1, user: '0', command: '/usr/bin/kubelet' },
    ],
  ])('knows the columns of %s behind grep, which takes the header away', (command, row, process) => {
    expect(processesOf(`${command} | grep 612`, row)).toMatchObject([process])
  })

  it('tells a table of chosen columns from its text alone', () => {
    const stdout =
      '  PID COMMAND                       RSS     ELAPSED\n 5044 bash /dev/fd/3               4360       17:53\n'
    expect(factsOf('', stdout).facts.processes).toEqual([
      { pid: 5044, memory: 4360 * 1024, elapsedSeconds: 1073, program: 'bash', command: 'bash /dev/fd/3' },
    ])
  })
})
