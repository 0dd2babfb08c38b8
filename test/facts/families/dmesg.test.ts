import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('dmesg', name)

const registered = { unit: 'kernel', message: 'NET: Registered PF_NETLINK/PF_ROUTE protocol family' }

describe('dmesg', () => {
  it.each([
    ['plain', { sinceBootSeconds: 0.265622 }],
    ['levels', { sinceBootSeconds: 0.265622, level: 'info' }],
    ['raw', { sinceBootSeconds: 0.265622, level: 'info' }],
    ['human', { time: '2026-11-21T09:38:48' }],
    ['iso', { time: '2026-11-21T09:38:48.265622+00:00' }],
    ['relative', {}],
  ])('reads messages in the %s form', (name, time) => {
    const { facts, lines } = recorded(name)
    expect(facts.journal).toHaveLength(12)
    expect(facts.journal).toMatchObject({ 1: { ...registered, ...time } })
    expect(lines.get('journal[1]')).toBe(2)
    expect(facts.oomKills).toEqual([])
  })

  it('reads a kill for want of memory of the whole host', () => {
    expect(recorded('oom').facts.oomKills).toEqual([
      {
        process: 'dockerd',
        pid: 1180,
        scope: 'host',
        cgroup: '/system.slice/docker.service',
        memory: 611204 * 1024,
      },
    ])
    expect(recorded('oom').lines.get('oomKills[0]')).toBe(4)
  })

  it('reads a kill for the limit of a cgroup', () => {
    expect(recorded('container-oom').facts.oomKills).toMatchObject([
      { process: 'stress', pid: 20431, scope: 'cgroup', memory: 130516 * 1024 },
    ])
  })

  it('reads the two lines of an older kernel as one kill', () => {
    const text = `[52146.1] Out of memory: Kill process 2313 (java) score 912 or sacrifice child
[52146.2] Killed process 2313 (java) total-vm:8123456kB, anon-rss:7000000kB, file-rss:0kB
[61000.1] Memory cgroup out of memory: Kill process 77 (node) score 1990 or sacrifice child
[61000.2] Killed process 77, UID 1000, (node) total-vm:812345kB, anon-rss:260000kB, file-rss:0kB
`
    expect(factsOf('dmesg', text).facts.oomKills).toEqual([
      { process: 'java', pid: 2313, scope: 'host', memory: 7000000 * 1024 },
      { process: 'node', pid: 77, scope: 'cgroup', memory: 260000 * 1024 },
    ])
  })

  it('is found in a journal too', () => {
    const text = `Nov 21 06:15:29 node1 kernel: oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),task_memcg=/kubepods/burstable/pod0f1,task=java,pid=912,uid=0
Nov 21 06:15:29 node1 kernel: Memory cgroup out of memory: Killed process 912 (java) total-vm:812345kB, anon-rss:260000kB, file-rss:0kB
`
    const { facts, lines } = factsOf('journalctl -k --no-pager', text)
    expect(facts.oomKills).toEqual([
      {
        process: 'java',
        pid: 912,
        scope: 'cgroup',
        cgroup: '/kubepods/burstable/pod0f1',
        memory: 260000 * 1024,
      },
    ])
    expect(lines.get('oomKills[0]')).toBe(2)
    expect(facts.journal).toHaveLength(2)
  })

  it('says that there is no such message when a filter finds none', () => {
    expect(factsOf('dmesg | grep -i "out of memory"', '', { exitCode: 1 }).facts).toEqual({
      journal: [],
      oomKills: [],
    })
  })

  it('gives no fact without the right to look', () => {
    const { facts, diagnostics } = recorded('denied')
    expect(facts).toEqual({})
    expect(diagnostics).toMatchObject([{ code: 'E_FACTS_NOT_ALLOWED' }])
  })
})
