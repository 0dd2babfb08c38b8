import { describe, expect, it } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

const kib = 1024

describe('top', () => {
  it('reads the screen of busybox', () => {
    const text = `Mem: 5800176K used, 18883444K free, 8952K shrd, 113784K buff, 3967616K cached
CPU:  81% usr  18% sys   0% nic   1% idle   0% io   0% irq   0% sirq
Load average: 11.54 12.23 11.95 15/233 29904
  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND
29813 29806 root     R    1568m   6%  17% /usr/bin/kubelet --v=2
`
    const { facts } = factsOf('top -b -n 1', text)
    expect(facts).toEqual({
      memory: {
        total: 24683620 * kib,
        used: 5800176 * kib,
        free: 18883444 * kib,
        shared: 8952 * kib,
        buffers: 113784 * kib,
        cache: 3967616 * kib,
        buffCache: 4081400 * kib,
      },
      cpuPercent: { user: 81, system: 18, nice: 0, idle: 1, ioWait: 0 },
      load: { one: 11.54, five: 12.23, fifteen: 11.95 },
      processes: [
        {
          pid: 29813,
          parentPid: 29806,
          user: 'root',
          cpuPercent: 17,
          virtualMemory: 1568 * kib * kib,
          state: 'R',
          program: 'kubelet',
          command: '/usr/bin/kubelet --v=2',
        },
      ],
    })
  })

  it('takes no column of toybox for its neighbour', () => {
    const text = `Tasks: 113 total,   6 running, 107 sleeping,   0 stopped,   0 zombie
  PID USER         PR  NI VIRT  RES  SHR S[%CPU] %MEM     TIME+ ARGS
29820 root         20   0 1.5G 235M  47M R 39.2   0.9   0:02.95 kubelet --v=2
`
    expect(factsOf('toybox top -b -n 1', text).facts.processes).toEqual([
      {
        pid: 29820,
        user: 'root',
        cpuPercent: 39.2,
        memoryPercent: 0.9,
        virtualMemory: 1.5 * kib ** 3,
        memory: 235 * kib ** 2,
        nice: 0,
        cpuSeconds: 2.95,
        state: 'R',
        program: 'kubelet',
        command: 'kubelet --v=2',
      },
    ])
  })

  it('takes everything from the newest of several screens', () => {
    const screen = (
      user: string,
      pid: number,
    ) => `top - 14:57:01 up  5:03,  0 users,  load average: 1.54, 2.23, 1.95
Tasks: 120 total,   6 running, 114 sleeping,   0 stopped,   0 zombie
%Cpu(s): ${user} us, 20.0 sy,  6.7 ni,  0.0 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st
MiB Mem :  24105.1 total,  18468.7 free,   1584.7 used,   4371.4 buff/cache
MiB Swap:      0.0 total,      0.0 free,      0.0 used.  22520.4 avail Mem

    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND
${pid} root      20   0 1339524  94220   9240 S  31.8   0.4   0:01.47 etcd
`
    const { facts, lines } = factsOf('top -b -n 2', `${screen('73.3', 1111)}\n${screen('12.1', 2222)}`)
    expect(facts.cpuPercent).toMatchObject({ user: 12.1 })
    expect(facts.processes).toMatchObject([{ pid: 2222 }])
    expect(lines.get('cpuPercent')).toBe(12)
  })
})
