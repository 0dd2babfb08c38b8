import { describe, expect, test } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const status = (name: string) => factsOfRecorded('systemctl-status', name)
const list = (name: string) => factsOfRecorded('systemctl-list', name)

describe('systemctl status', () => {
  test('a service that keeps restarting', () => {
    const { facts, lines } = status('kubelet-autorestart')
    expect(facts.units).toEqual([
      {
        name: 'kubelet.service',
        load: 'loaded',
        enabled: 'enabled',
        preset: 'enabled',
        active: 'activating',
        sub: 'auto-restart',
        result: 'exit-code',
        since: '2026-11-21T06:10:39Z',
        description: 'kubelet: The Kubernetes Node Agent',
        mainPid: 508,
        exitCode: 1,
      },
    ])
    expect(lines.get('units[0]')).toBe(5)
  })

  test('a running service and its newest log lines', () => {
    const { facts } = status('containerd-running')
    expect(facts.units).toEqual([
      {
        name: 'containerd.service',
        load: 'loaded',
        enabled: 'enabled',
        preset: 'enabled',
        active: 'active',
        sub: 'running',
        since: '2026-11-21T06:09:25Z',
        description: 'containerd container runtime',
        mainPid: 32,
      },
    ])
    expect(facts.journal).toEqual([
      {
        time: 'Nov 21 06:09:25',
        host: 'node1',
        unit: 'systemd',
        pid: 1,
        message: 'Started containerd.service - containerd container runtime.',
      },
    ])
  })

  test('a failed service with its exit code', () => {
    const { facts } = status('salt-minion-rafay-failed')
    expect(facts.units).toEqual([
      expect.objectContaining({ active: 'failed', sub: 'failed', result: 'exit-code', exitCode: 78 }),
    ])
    expect(facts.journal).toContainEqual(
      expect.objectContaining({
        unit: 'sh',
        pid: 40,
        level: 'error',
        message: '[ERROR] Unable to bind socket 127.0.0.1:4505',
      }),
    )
  })

  test('a service that a signal ended, without a description', () => {
    expect(status('oomed-killed').facts.units).toEqual([
      expect.objectContaining({
        name: 'oomed.service',
        description: 'oomed.service',
        result: 'signal',
        signal: 'KILL',
      }),
    ])
  })

  test('starting, stopped', () => {
    expect(status('k3s-activating').facts.units).toEqual([
      expect.objectContaining({ name: 'k3s.service', active: 'activating', sub: 'start', mainPid: 35 }),
    ])
    expect(status('firewalld-stopped').facts.units).toEqual([
      expect.objectContaining({
        active: 'inactive',
        sub: 'dead',
        exitCode: 0,
        since: '2026-11-21T06:13:01Z',
      }),
    ])
  })

  test('a unit that does not exist is known not to', () => {
    expect(status('nosuch')).toMatchObject({
      facts: { units: [{ name: 'nosuch.service', load: 'not-found', active: 'inactive', sub: 'dead' }] },
      diagnostics: [],
    })
  })

  test('several units in one output, of an old systemd with other zones, counters and memory', () => {
    const stdout = `● docker.service - Docker Application Container Engine
   Loaded: loaded (/usr/lib/systemd/system/docker.service; disabled; vendor preset: disabled)
   Active: active (running) since Mon 2020-04-06 03:10:22 EDT; 2 days ago
 Main PID: 871 (dockerd)
   Memory: 1.2G (max: 2.0G)
    Tasks: 23

Apr 06 03:10:22 m1 systemd[1]: docker.service: Scheduled restart job, restart counter is at 7.
● kubelet.service - kubelet: The Kubernetes Node Agent
   Loaded: masked (Reason: Unit kubelet.service is masked.)
   Active: inactive (dead)
`
    expect(factsOf('systemctl status docker kubelet', stdout).facts.units).toEqual([
      expect.objectContaining({
        name: 'docker.service',
        enabled: 'disabled',
        since: '2020-04-06T03:10:22-04:00',
        memory: Math.round(1.2 * 1024 ** 3),
        tasks: 23,
        restarts: 7,
      }),
      {
        name: 'kubelet.service',
        load: 'masked',
        active: 'inactive',
        sub: 'dead',
        description: 'kubelet: The Kubernetes Node Agent',
      },
    ])
  })

  test('colours and links of a terminal are no hindrance', () => {
    const stdout =
      '\u001b[0;1;32m●\u001b[0m ssh.service - OpenBSD Secure Shell server\n     Loaded: loaded (\u001b]8;;file://h/lib/systemd/system/ssh.service\u0007/lib/systemd/system/ssh.service\u001b]8;;\u0007; \u001b[0;1;32menabled\u001b[0m; preset: \u001b[0;1;32menabled\u001b[0m)\n     Active: \u001b[0;1;32mactive (running)\u001b[0m since Sat 2026-11-21 06:09:25 UTC; 3min ago\n'
    expect(factsOf('systemctl status ssh', stdout).facts.units).toEqual([
      expect.objectContaining({ name: 'ssh.service', enabled: 'enabled', active: 'active', sub: 'running' }),
    ])
  })
})

describe('systemctl --failed and list-units', () => {
  const failed = [
    {
      name: 'oomed.service',
      load: 'loaded',
      active: 'failed',
      sub: 'failed',
      description: 'oomed.service',
    },
    {
      name: 'salt-minion-rafay.service',
      load: 'loaded',
      active: 'failed',
      sub: 'failed',
      description: 'The Salt Minion (rafay)',
    },
  ]

  test.each(['failed', 'failed-json'])('%s lists units that failed', name => {
    expect(list(name).facts.units).toEqual(failed)
  })

  test('reads every row of a long list', () => {
    const { facts, lines } = list('services')
    expect(facts.units).toHaveLength(24)
    expect(facts.units).toContainEqual({
      name: 'postgresql@15-main.service',
      load: 'loaded',
      active: 'active',
      sub: 'running',
      description: 'PostgreSQL Cluster 15-main',
    })
    expect(lines.get('units[23]')).toBe(25)
  })

  test('no failed unit is an empty list, not an unknown one', () => {
    expect(factsOf('systemctl --failed', '0 loaded units listed.\n').facts).toEqual({ units: [] })
    expect(factsOf('systemctl list-units | grep -i chisel', '', { exitCode: 1 }).facts).toEqual({ units: [] })
  })

  test('a running job does not become part of the description', () => {
    const stdout = `  UNIT            LOAD   ACTIVE     SUB   JOB   DESCRIPTION
  kubelet.service loaded activating start start kubelet: The Kubernetes Node Agent
`
    expect(factsOf('systemctl list-units', stdout).facts.units).toEqual([
      expect.objectContaining({ sub: 'start', description: 'kubelet: The Kubernetes Node Agent' }),
    ])
  })

  test('without systemd nothing is known, and the reason is given', () => {
    const { facts, diagnostics } = list('no-systemd')
    expect(facts).toEqual({})
    expect(diagnostics.map(d => d.code)).toEqual(['E_FACTS_NO_SYSTEMD'])
  })
})

describe('systemctl show and is-active', () => {
  test('show gives what its properties say', () => {
    expect(factsOfRecorded('systemctl-show', 'kubelet').facts.units).toEqual([
      {
        name: 'kubelet.service',
        load: 'loaded',
        active: 'activating',
        sub: 'auto-restart',
        enabled: 'enabled',
        result: 'exit-code',
        exitCode: 1,
        restarts: 7,
      },
    ])
  })

  test.each([
    ['active', 'containerd.service', 'active'],
    ['activating', 'kubelet.service', 'activating'],
    ['failed', 'salt-minion-rafay.service', 'failed'],
    ['unknown', 'nosuch.service', 'inactive'],
  ])('is-active answers %s', (name, unit, active) => {
    expect(factsOfRecorded('systemctl-is', name).facts).toEqual({ units: [{ name: unit, active }] })
  })

  test('several units are answered in order; a missing answer leaves all open', () => {
    expect(
      factsOf('systemctl is-active kubelet containerd', 'active\nfailed\n', { exitCode: 3 }).facts.units,
    ).toEqual([
      { name: 'kubelet.service', active: 'active' },
      { name: 'containerd.service', active: 'failed' },
    ])
    expect(factsOf('systemctl is-enabled kubelet nosuch', 'enabled\n', { exitCode: 1 }).facts).toEqual({})
  })
})
