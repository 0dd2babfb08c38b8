import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const queriesOf = (command: string, text: string) => factsOf(command, text).facts.dnsQueries

describe('dig +trace', () => {
  const trace = `
; <<>> DiG 9.18.28 <<>> +trace www.example.com
;; global options: +cmd
.			7078	IN	NS	a.root-servers.net.
;; Received 239 bytes from 127.0.0.53#53(127.0.0.53) in 3 ms

com.			172800	IN	NS	a.gtld-servers.net.
;; Received 1178 bytes from 198.41.0.4#53(a.root-servers.net) in 12 ms

`
  const last = `www.example.com.	300	IN	A	192.0.2.34
;; Received 60 bytes from 192.5.6.30#53(a.gtld-servers.net) in 91 ms
`

  it('gives one query a server, the answer last', () => {
    expect(queriesOf('dig +trace www.example.com', trace + last)).toMatchObject([
      { name: 'www.example.com', server: '127.0.0.53', answers: [{ type: 'NS', name: '.' }], queryMs: 3 },
      { server: '198.41.0.4', answers: [{ value: 'a.gtld-servers.net' }], addresses: [] },
      { server: '192.5.6.30', status: 'NOERROR', addresses: ['192.0.2.34'], queryMs: 91 },
    ])
  })

  it('tells where the way ended', () => {
    const queries = queriesOf('dig +trace www.example.com', `${trace};; no servers could be reached\n`)
    expect(queries).toHaveLength(3)
    expect(queries).toMatchObject([
      {},
      {},
      { name: 'www.example.com', status: 'NO-ANSWER', error: 'timed out' },
    ])
  })
})

describe('dig +yaml', () => {
  it('reads a refusal', () => {
    expect(factsOfRecorded('dns', 'dig-yaml').facts.dnsQueries).toMatchObject([
      {
        name: 'example.com',
        type: 'A',
        server: '10.255.255.53',
        status: 'NXDOMAIN',
        addresses: [],
        answers: [],
      },
    ])
  })

  it('reads answers, also without the command', () => {
    const text = `- type: MESSAGE
  message:
    type: RECURSIVE_RESPONSE
    query_time: !!timestamp 2026-03-03T10:00:00.639Z
    response_time: !!timestamp 2026-03-03T10:00:00.651Z
    response_address: "10.0.0.2"
    response_message_data:
      opcode: QUERY
      status: NOERROR
      QUESTION_SECTION:
        - 'example.com. IN A'
      ANSWER_SECTION:
        - 'example.com. 300 IN A 192.0.2.34'
`
    const expected = [
      { name: 'example.com', server: '10.0.0.2', status: 'NOERROR', addresses: ['192.0.2.34'], queryMs: 12 },
    ]
    expect(queriesOf('dig +yaml example.com', text)).toMatchObject(expected)
    expect(queriesOf('', text)).toMatchObject(expected)
  })

  it('tells that no server answers', () => {
    const text = `- type: DIG_ERROR
  message: communications error to 10.0.0.3#53: timed out
- type: DIG_ERROR
  message: no servers could be reached
`
    expect(queriesOf('dig +yaml example.com @10.0.0.3', text)).toMatchObject([
      { name: 'example.com', server: '10.0.0.3', status: 'NO-ANSWER', error: 'timed out' },
    ])
  })
})

describe('systemctl list-dependencies', () => {
  it('reads units and, where the marks tell them, their states', () => {
    const text = `kubelet.service
● ├─system.slice
○ ├─plymouth.service
× └─containerd.service
`
    expect(factsOf('systemctl list-dependencies kubelet', text).facts.units).toEqual([
      { name: 'kubelet.service' },
      { name: 'system.slice', active: 'active' },
      { name: 'plymouth.service', active: 'inactive' },
      { name: 'containerd.service', active: 'failed' },
    ])
  })

  it('says nothing of states where one mark stands for all', () => {
    const text = 'multi-user.target\n● ├─cron.service\n● └─basic.target\n●   └─firewalld.service\n'
    expect(factsOf('systemctl list-dependencies', text).facts.units).toEqual(
      ['multi-user.target', 'cron.service', 'basic.target', 'firewalld.service'].map(name => ({ name })),
    )
  })
})

describe('docker ps whose columns have run together', () => {
  it('reads containers with and without ports', () => {
    const text = `CONTAINER ID IMAGE COMMAND CREATED STATUS PORTS NAMES
8f1c2b3a4d5e rancher/hyperkube:v1.20 "/opt/rke-tools/entr…" 3 weeks ago Up 3 weeks kubelet
1f1c2b3a4d5e nginx:1 "/docker-entrypoint.…" 2 hours ago Exited (137) 5 minutes ago web_1
2f1c2b3a4d5e redis "docker-entrypoint.s…" 2 days ago Up About an hour (healthy) 0.0.0.0:6379->6379/tcp, :::6379->6379/tcp cache
`
    expect(factsOf('docker ps -a', text).facts.containers).toMatchObject([
      { name: 'kubelet', state: 'running', status: 'Up 3 weeks' },
      { name: 'web_1', state: 'exited', exitCode: 137, created: '2 hours ago' },
      { name: 'cache', image: 'redis', state: 'running', health: 'healthy' },
    ])
  })
})

describe('stat', () => {
  it('is not taken for the clocks of several machines', () => {
    const text = `  File: /etc/hosts
Access: 2026-03-03 10:15:59.000000000 +0000
Modify: 2025-01-01 10:15:59.000000000 +0000
Change: 2025-01-01 10:15:59.000000000 +0000
`
    expect(factsOf('stat /etc/hosts', text).facts).toEqual({})
    expect(factsOf('', text).facts).toEqual({})
  })
})

describe('LibreSSL', () => {
  it('names the protocol that was agreed upon below the session', () => {
    const text = `CONNECTED(00000005)
---
Certificate chain
 0 s:/CN=kube-apiserver
   i:/CN=kubernetes
---
New, TLSv1/SSLv3, Cipher is AEAD-AES256-GCM-SHA384
Server public key is 2048 bit
SSL-Session:
    Protocol  : TLSv1.3
    Cipher    : AEAD-AES256-GCM-SHA384
    Verify return code: 21 (unable to verify the first certificate)
`
    expect(factsOf('openssl s_client -connect 10.0.0.1:6443', text).facts.tlsConnection).toMatchObject({
      protocol: 'TLSv1.3',
      verified: false,
      verifyCode: 21,
    })
  })
})

describe('lscpu', () => {
  it('tells the number of processors', () => {
    const text =
      'Architecture:            x86_64\nCPU(s):                  16\nOn-line CPU(s) list:     0-15\n'
    expect(factsOf('lscpu', text).facts.cpus).toBe(16)
    expect(factsOf('', text).facts.cpus).toBe(16)
  })
})

describe('curl at /metrics', () => {
  it('reads samples, also where a filter left few', () => {
    const text = 'etcd_server_has_leader 1\netcd_disk_wal_fsync_duration_seconds_count 81121\n'
    expect(factsOf('curl -s localhost:2381/metrics | grep ^etcd', text).facts.metrics).toEqual([
      { name: 'etcd_server_has_leader', labels: {}, value: 1 },
      { name: 'etcd_disk_wal_fsync_duration_seconds_count', labels: {}, value: 81121 },
    ])
  })
})

describe('ping in another language', () => {
  it.each([
    [
      '3 Pakete übertragen, 1 empfangen, 66.6667% packet loss, time 2041ms',
      { transmitted: 3, received: 1, lossPercent: 66.6667 },
    ],
    [
      '2 paquets transmis, 2 reçus, 0% packet loss, time 1001ms',
      { transmitted: 2, received: 2, lossPercent: 0 },
    ],
    [
      '2 paquets transmis, 2 reçus, 0 % paquets perdus, temps 1001 ms\nrtt min/moy/max/mdev = 9.110/9.175/9.240/0.065 ms',
      { transmitted: 2, received: 2, lossPercent: 0, averageMs: 9.175 },
    ],
    [
      '4 paquetes transmitidos, 0 recibidos, +4 errores, 100% packet loss, time 3061ms',
      { transmitted: 4, received: 0, lossPercent: 100 },
    ],
    [
      '送信パケット数 5, 受信パケット数 4, 20% packet loss, time 4005ms',
      { transmitted: 5, received: 4, lossPercent: 20 },
    ],
  ])('counts %s', (sums, counted) => {
    const text = `PING 10.0.0.1 (10.0.0.1) 56(84) bytes of data.\n\n--- 10.0.0.1 ping ---\n${sums}\n`
    expect(factsOf('ping -c 3 10.0.0.1', text).facts.pings).toMatchObject([
      { target: '10.0.0.1', ...counted },
    ])
  })
})

describe('iostat -h before 12.2', () => {
  it('gives queue and utilisation in a table of their own', () => {
    const text =
      '     w/s     wkB/s   wrqm/s  %wrqm w_await wareq-sz Device\n   90.10      4.0M    10.00  10.0%  310.20    45.5k sda\n\n aqu-sz  %util Device\n  28.30  98.7% sda\n'
    expect(factsOf('iostat -dxh sda', text).facts.diskActivity).toMatchObject([
      { name: 'sda', writesPerSecond: 90.1, queue: 28.3, utilPercent: 98.7 },
    ])
  })
})

describe('uptime in another language', () => {
  it.each([
    [
      ' 10:11:12 up 12 Tage,  3:04,  2 Benutzer,  Durchschnittslast: 12,31, 11,02, 8,77',
      { uptimeSeconds: 1_047_840, loggedInUsers: 2, load: { one: 12.31, five: 11.02, fifteen: 8.77 } },
    ],
    [
      ' 10:11:12 up 5 min,  1 utilisateur,  charge moyenne : 0,31, 0,22, 0,11',
      { uptimeSeconds: 300, loggedInUsers: 1, load: { one: 0.31, five: 0.22, fifteen: 0.11 } },
    ],
  ])('is read: %s', (text, facts) => {
    expect(factsOf('uptime', `${text}\n`).facts).toEqual(facts)
  })
})

describe('a file with nothing but a version', () => {
  it('names its distribution', () => {
    expect(factsOf('cat /etc/alpine-release', '3.19.1\n').facts.os).toEqual({
      name: 'Alpine Linux',
      versionId: '3.19.1',
    })
    expect(factsOf('cat /etc/debian_version', '12.11\n').facts.os).toMatchObject({ versionId: '12.11' })
  })
})
