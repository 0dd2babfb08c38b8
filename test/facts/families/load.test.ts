import { describe, expect, test } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

describe('uptime', () => {
  test('gives load averages and seconds since boot', () => {
    expect(factsOfRecorded('uptime', 'short').facts).toEqual({
      load: { one: 1.18, five: 2.57, fifteen: 2.56 },
      uptimeSeconds: 41 * 60,
      loggedInUsers: 0,
    })
    expect(factsOfRecorded('uptime', 'who').facts).toMatchObject({
      load: { one: 3.46, five: 2.19, fifteen: 1.35 },
      uptimeSeconds: 66 * 60,
    })
  })

  test.each([
    [
      ' 10:00:00 up 212 days,  3:07,  4 users,  load average: 0,15, 0,20, 0,25',
      0.15,
      212 * 86400 + 3 * 3600 + 7 * 60,
    ],
    ['10:00:00 up 1 day,  5 min,  load average: 12.00, 10.5, 9.75', 12, 86400 + 300],
    [
      '10:00  up 10 days, 14:23, 2 users, load averages: 1.52 1.61 1.70',
      1.52,
      10 * 86400 + 14 * 3600 + 23 * 60,
    ],
  ])('%s', (stdout, one, uptimeSeconds) => {
    expect(factsOf('uptime', stdout).facts).toMatchObject({ load: { one }, uptimeSeconds })
  })
})

describe('nproc', () => {
  test('is a number, also beside other output', () => {
    expect(factsOf('nproc', '8\n').facts).toEqual({ cpus: 8 })
    const { facts } = factsOf(
      'uptime; nproc',
      ' 06:19:19 up 33 min,  0 user,  load average: 24.80, 8.16, 3.43\n2\n',
    )
    expect(facts).toMatchObject({ cpus: 2, load: { one: 24.8 } })
  })
})

describe('top -b', () => {
  test('gives load, tasks, processor shares, memory, swap and processes', () => {
    const { facts, lines } = factsOfRecorded('top', 'batch')
    expect(facts).toMatchObject({
      load: { one: 3.46, five: 2.19, fifteen: 1.35 },
      tasks: { total: 128, running: 4, sleeping: 124, stopped: 0, zombie: 0 },
      cpuPercent: { user: 50, system: 50, idle: 0, ioWait: 0, steal: 0 },
      memory: {
        total: Math.round(24105.6 * 1024 ** 2),
        available: Math.round(22485.5 * 1024 ** 2),
        availablePercent: 93.3,
      },
      swap: { total: 0, used: 0 },
    })
    const rows = facts.processes as readonly unknown[]
    expect(rows).toHaveLength(13)
    expect(rows[0]).toMatchObject({
      pid: 26015,
      user: 'root',
      cpuPercent: 88.2,
      memory: 325460 * 1024,
      program: 'MainThread',
    })
    expect(lines.get('processes[0]')).toBe(8)
  })

  test('old and foreign headings', () => {
    const stdout = `top - 10:00:00 up 3 days,  1:02,  1 user,  load average: 0.10, 0.20, 0.30
Tasks: 100 total,   1 running,  99 sleeping,   0 stopped,   0 zombie
Cpu(s):  1.5%us,  0.5%sy,  0.0%ni, 40.0%id, 58.0%wa,  0.0%hi,  0.0%si,  0.0%st
Mem:   8061528k total,  7642684k used,   418844k free,   201232k buffers
Swap:  2097148k total,   524288k used,  1572860k free,  3015240k cached
`
    expect(factsOf('top -b -n1', stdout).facts).toMatchObject({
      cpuPercent: { user: 1.5, idle: 40, ioWait: 58 },
      memory: { total: 8061528 * 1024, used: 7642684 * 1024 },
      swap: { total: 2097148 * 1024, used: 524288 * 1024, usedPercent: 25 },
    })
  })
})

describe('ps', () => {
  test('aux and -ef name program, user and process id', () => {
    expect(factsOfRecorded('ps', 'aux').facts.processes).toContainEqual({
      pid: 2,
      user: 'root',
      cpuPercent: 0,
      memoryPercent: 0,
      virtualMemory: 0,
      memory: 0,
      cpuSeconds: 0,
      state: 'S',
      started: '09:38',
      program: '[kthreadd]',
      command: '[kthreadd]',
    })
    expect(factsOfRecorded('ps', 'full').facts.processes).toContainEqual({
      pid: 3,
      parentPid: 2,
      user: 'root',
      cpuPercent: 0,
      cpuSeconds: 0,
      started: '09:38',
      program: '[pool_workqueue_release]',
      command: '[pool_workqueue_release]',
    })
  })

  test('behind grep the header is gone and nothing found is an empty list', () => {
    const row =
      'root      2811  0.4  0.9 1423412 79120 ?       Ssl  Nov20   4:11 /usr/local/bin/chisel client --auth x:y https://c.example 4505\n'
    expect(factsOf('ps aux | grep -i chisel | grep -v grep', row).facts.processes).toEqual([
      expect.objectContaining({ pid: 2811, program: 'chisel', memory: 79120 * 1024 }),
    ])
    expect(factsOf('ps aux | grep -i chisel | grep -v grep', '', { exitCode: 1 }).facts).toEqual({
      processes: [],
    })
  })
})
