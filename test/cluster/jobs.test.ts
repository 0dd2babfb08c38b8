import { describe, expect, test } from 'vitest'
import { type Shell, shellAt } from '../../src/cluster/index.ts'
import { jobProcess } from '../../src/cluster/shell/job-process.ts'
import { createJobs } from '../../src/cluster/shell/jobs.ts'
import { openWorld } from './kit.ts'

const openNode = (): Shell => {
  const world = openWorld()
  return shellAt(world, { machine: world.handles['worker-1'] ?? '', hasTerminal: false })
}

const typing = async (shell: Shell, ...lines: readonly string[]): Promise<string> => {
  let output = ''
  for (const line of lines) {
    const { stdout, stderr } = await shell.run(line)
    output += stdout + stderr
  }
  return output
}

describe('a program that breaks in the background', () => {
  const breaking = [
    () => {
      throw new TypeError('not a function')
    },
    () => Promise.reject(new TypeError('not a function')),
  ]
  test.each(breaking)('ends its job with an error, and time goes on', async run => {
    const world = openWorld()
    const [machine] = world.machines.values()
    if (machine === undefined) throw new Error('the world is empty')
    const jobs = createJobs(world)
    const process = jobProcess(world, {
      machine,
      user: 'root',
      statement: { pipelines: [] } as never,
      parentPid: 1,
    })
    const job = await jobs.start({ machine, process, run })
    const startMs = world.nowMs
    await jobs.pass(5_000)
    expect(world.nowMs).toBe(startMs + 5_000)
    expect(job).toMatchObject({ end: 'done', exit: 70 })
    expect(machine.processes).not.toContain(process)
    expect(jobs.takeOutput().stderr).toMatch(/^bash: bash: .*not a function$/m)
  })
})

describe('commands in the background', () => {
  test('go on while time passes, and end in their time', async () => {
    const shell = openNode()
    const started = await shell.run('sleep 30 &')
    const { atMs } = await shell.run('jobs')
    expect(atMs - started.atMs).toBeLessThan(1_000)
    expect(await typing(shell, 'jobs')).toMatch(/^\[1\]\+ {2}Running {17}sleep 30 &$/m)
    expect(await typing(shell, 'sleep 31; jobs')).toMatch(/^\[1\]\+ {2}Done/m)
    expect(await typing(shell, 'jobs')).toBe('')
  })

  test('are processes that can be seen and killed, by number or by $!', async () => {
    const shell = openNode()
    expect(await typing(shell, 'sleep 100 & echo pid $!; pgrep -f "sleep 100"')).toMatch(/^pid (\d+)\n\1\n$/)
    expect(await typing(shell, 'kill $!; jobs')).toMatch(/Terminated/)
    expect(await typing(shell, 'sleep 100 & kill %1; pgrep -f "sleep 100" || echo none')).toBe('none\n')
    expect(await typing(shell, 'kill %7')).toBe('bash: kill: %7: no such job\n')
  })

  test('load the machine that they run on until they end', async () => {
    const shell = openNode()
    await shell.run('for i in 1 2 3 4; do yes > /dev/null & done; sleep 120')
    const [, load = '0'] = /load average: ([\d.]+)/.exec(await typing(shell, 'uptime')) ?? []
    expect(Number(load)).toBeGreaterThan(3)
    expect(await typing(shell, 'top -bn1 | grep -c yes')).toBe('4\n')
    await shell.run('pkill yes; sleep 300')
    const [, after = '9'] = /load average: ([\d.]+)/.exec(await typing(shell, 'uptime')) ?? []
    expect(Number(after)).toBeLessThan(1)
  })

  test('know variables and functions, are waited for, and write when it is their turn', async () => {
    const shell = openNode()
    expect(await typing(shell, 'x=5; f() { sleep 2; echo "f $x $1"; }; f a & wait')).toBe('f 5 a\n')
    const loop = 'for i in 3 1 2; do (sleep $i; echo $i >> /tmp/turns) & done; wait; cat /tmp/turns'
    expect(await typing(shell, loop)).toBe('1\n2\n3\n')
    expect(await typing(shell, 'ping 10.0.4.11 > /tmp/answers & sleep 3; kill %1; cat /tmp/answers')).toMatch(
      /4 packets transmitted, 4 received/,
    )
  })

  test('that never rest are told from those that do, and let the shell go on', async () => {
    const shell = openNode()
    expect(await typing(shell, 'while :; do :; done & sleep 20; ps -eo pcpu,args | grep -c "^ *99"')).toBe(
      '1\n',
    )
    expect(await typing(shell, 'kill %1; jobs')).toMatch(/Terminated/)
  })
})
