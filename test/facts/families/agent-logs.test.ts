import { describe, expect, test } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

const text = (...lines: readonly string[]): string => `${lines.join('\n')}\n`

const salt = (...lines: readonly string[]) =>
  factsOf(
    'tail -n 200 /opt/rafay/salt/var/log/salt/minion',
    text(...lines.map(line => `2024-05-02 11:20:14,731 ${line}`)),
  ).facts.saltMinion

describe('a Salt minion by its log', () => {
  test('lacks its master when the name is not found', () => {
    expect(
      salt(
        '[salt.cli.daemons        ][INFO    ][2391] Setting up the Salt Minion "mks-node-1"',
        "[salt.utils.network      ][ERROR   ][2391] DNS lookup of 'salt' failed.",
        "[salt.minion             ][ERROR   ][2391] Master hostname: 'salt' not found. Retrying in 30 seconds",
      ),
    ).toEqual({
      id: 'mks-node-1',
      master: 'salt',
      state: 'master-not-found',
      lastError: "Master hostname: 'salt' not found. Retrying in 30 seconds",
      lastErrorAt: '2024-05-02T11:20:14.731',
    })
  })

  test.each([
    [
      'waiting-for-key',
      '[salt.crypt ][ERROR   ][511] The Salt Master has cached the public key for this node, this salt minion will wait for 10 seconds',
    ],
    ['key-rejected', "[salt.crypt ][CRITICAL][511] The Salt Master has rejected this minion's public key!"],
    [
      'master-not-answering',
      '[salt.minion ][ERROR   ][511] Error while bringing up minion for multi-master.',
    ],
    ['stopped', '[salt.utils.parsers ][WARNING ][2217] Minion received a SIGTERM. Exiting.'],
  ])('is %s', (state, line) => {
    expect(salt('[salt.minion ][INFO    ][1] Setting up the Salt Minion "n"', line)).toMatchObject({ state })
  })

  test('that got through at last has no error left', () => {
    expect(
      salt(
        "[salt.utils.network ][ERROR   ][1] DNS lookup of 'salt' failed.",
        '[salt.crypt ][INFO    ][1] Authentication with master at 10.0.0.5 successful!',
        '[salt.minion ][INFO    ][1] Minion is ready to receive requests!',
      ),
    ).toEqual({
      master: 'salt',
      address: '10.0.0.5',
      state: 'connected',
      lastErrorAt: '2024-05-02T11:20:14.731',
    })
  })

  test('is told from the journal too', () => {
    const output = text(
      '-- Logs begin at Wed 2020-05-13 02:11:04 UTC. --',
      'May 14 21:05:41 lab salt-minion[902]: [WARNING ] Minion received a SIGTERM. Exiting.',
    )
    const { facts, parser } = factsOf('journalctl -u salt-minion-rafay -e --no-pager | tail -n 200', output)
    expect(parser).toBe('journalctl')
    expect(facts.saltMinion).toEqual({ state: 'stopped' })
  })
})

describe('a chisel client by its log', () => {
  const journal = (...lines: readonly string[]) =>
    factsOf(
      'journalctl -u chisel -e --no-pager | tail -n 200',
      text(
        ...lines.map(line => `Jul 09 19:04:11 mks-cp-0 chisel[48811]: 2024/07/09 19:04:11 client: ${line}`),
      ),
    ).facts.tunnel

  test('fails with an error at an attempt', () => {
    expect(
      journal(
        'Connecting to wss://tunnel.core.example.com:443',
        'Connection error: websocket: bad handshake',
        'Retrying in 100ms...',
        'Connection error: websocket: bad handshake (Attempt: 3/unlimited)',
      ),
    ).toEqual({
      state: 'failing',
      server: 'wss://tunnel.core.example.com:443',
      lastError: 'websocket: bad handshake',
      attempts: 3,
    })
  })

  test('that got through is connected, without an error', () => {
    expect(
      journal(
        'Connecting to wss://tunnel.core.example.com:443/chisel',
        'Connection error: dial tcp 10.0.0.1:443: connect: connection refused (Attempt: 1)',
        'Connected (Latency 21.40288ms)',
        'conn#1: Remote failed (dial tcp 0.0.0.0:9100: connect: connection refused)',
      ),
    ).toEqual({
      state: 'connected',
      server: 'wss://tunnel.core.example.com:443/chisel',
      latencySeconds: 0.02140288,
    })
  })

  test('that lost its server says so', () => {
    expect(journal('Connected (Latency 2ms)', 'Disconnected')).toEqual({
      state: 'disconnected',
      latencySeconds: 0.002,
    })
  })
})
