import { describe, expect, test } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('log-lines', name)

const line = (text: string) => factsOf('kubectl logs web', `${text}\n`).facts.logLines

describe('a line of a log', () => {
  test.each([
    [
      'klog',
      'E1121 06:17:42.416712   22903 remote_runtime.go:390] "ListContainers failed" err="refused"',
      {
        level: 'error',
        time: '1121 06:17:42.416712',
        source: 'remote_runtime.go:390',
        message: '"ListContainers failed" err="refused"',
      },
    ],
    [
      'JSON',
      '{"level":"warn","ts":"2026-11-21T06:15:07.971Z","caller":"clientv3/retry_interceptor.go:62","msg":"retrying","error":"context deadline exceeded"}',
      {
        level: 'warning',
        time: '2026-11-21T06:15:07.971Z',
        source: 'clientv3/retry_interceptor.go:62',
        message: 'retrying',
        error: 'context deadline exceeded',
      },
    ],
    [
      'JSON with seconds since 1970',
      '{"level":"info","ts":1795241692.5345664,"msg":"saved"}',
      { level: 'info', time: '2026-11-21T06:14:52.534Z', message: 'saved' },
    ],
    [
      'logfmt',
      'time="2021-06-14T10:02:13Z" level=error msg="Failed to connect to proxy" error="websocket: bad handshake"',
      {
        level: 'error',
        time: '2021-06-14T10:02:13Z',
        message: 'Failed to connect to proxy',
        error: 'websocket: bad handshake',
      },
    ],
    [
      'salt',
      "2024-05-02 11:20:14,731 [salt.utils.network :218 ][ERROR   ][2391] DNS lookup of 'salt' failed.",
      {
        level: 'error',
        time: '2024-05-02T11:20:14.731',
        source: 'salt.utils.network',
        message: "DNS lookup of 'salt' failed.",
      },
    ],
    [
      'zap for people',
      '2020-03-02T07:20:11.330Z\tERROR\tcontroller-runtime.source\tkind not found\t{"kind": "X"}',
      {
        level: 'error',
        time: '2020-03-02T07:20:11.330Z',
        source: 'controller-runtime.source',
        message: 'kind not found\t{"kind": "X"}',
      },
    ],
    [
      'Go',
      '2024/07/09 19:04:11 client: Connecting to wss://tunnel.core.example.com:443',
      { time: '2024-07-09T19:04:11', message: 'client: Connecting to wss://tunnel.core.example.com:443' },
    ],
    [
      'coredns',
      '[ERROR] plugin/errors: 2 example.org. A: read udp 10.1.0.2:53: i/o timeout',
      {
        level: 'error',
        message: '[ERROR] plugin/errors: 2 example.org. A: read udp 10.1.0.2:53: i/o timeout',
      },
    ],
    [
      'kubectl --timestamps',
      '2026-11-21T06:17:40.100735499Z starting',
      { time: '2026-11-21T06:17:40.100735499Z', message: 'starting' },
    ],
    [
      'a container as it is stored',
      '2026-11-21T06:17:40.100735499Z stderr F E1121 06:17:42.416712       1 controller.go:1] refused',
      {
        level: 'error',
        time: '2026-11-21T06:17:40.100735499Z',
        source: 'controller.go:1',
        message: 'refused',
      },
    ],
    [
      "Docker's files",
      '{"log":"panic: no config\\n","stream":"stderr","time":"2026-11-21T06:17:40.1Z"}',
      { time: '2026-11-21T06:17:40.1Z', message: 'panic: no config' },
    ],
    ['no form', 'panic: no config', { message: 'panic: no config' }],
  ])('of %s is told by time, level and message', (_form, text, expected) => {
    expect(line(text)).toEqual([expected])
  })
})

describe('the level of a line', () => {
  test.each([
    ['{"timestamp":"2024-05-10 09:00:00 Z","levelname":"ERROR","message":"no"}', 'error'],
    ['{"level":50,"time":1712052672101,"pid":1,"msg":"request errored"}', 'error'],
    ['{"t":{"$date":"2024-01-05T10:11:12.123+00:00"},"s":"F","c":"-","msg":"Fatal assertion"}', 'fatal'],
    ['t=2022-03-11T09:10:11+0000 lvl=eror msg="alert rule failed"', 'error'],
    ['2024.01.05 10:11:12.123 [ 1 ] {} <Error> Application: no keeper', 'error'],
    ['2024-05-06T07:08:09Z E! [outputs.influxdb] failed to write', 'error'],
    ['E, [2024-04-02T10:11:12.123456 #1] ERROR -- : no', 'error'],
    ['[E 2019-04-13 07:26:25.313 JupyterHub base:940] Preventing implicit spawn', 'error'],
    ['fail: Microsoft.Hosting.Lifetime[0]', 'error'],
    ['2022-07-14T13:06:39.916353Z\terror\tfailed scraping envoy metrics', 'error'],
    ['2025-12-06T08:06:23.719Z | error | Port 5679 is already in use', 'error'],
    ['2024-04-02 10:11:12.123 | ERROR    | app.main:run:31 - no', 'error'],
    ['[2024-04-16 19:19:08] error: \tz2m: Failed to start zigbee', 'error'],
    ['  zigbee2mqtt:error 2018-12-13 11:10:23 Not connected', 'error'],
    ['2024-01-12T10:11:12.123Z warn: slow', 'warning'],
    ['Error: There was an error initializing DB', 'error'],
    ['ERROR:    Application startup failed. Exiting.', 'error'],
    ['2024-04-02 10:11:13.001 ERROR 1 --- [pool-1] c.acme.Cache : refresh failed', 'error'],
    ['10:11:12.123 [main] WARN  o.s.b.Boot - slow', 'warning'],
    ['[2021-04-14 04:07:12,861] {migration.py:155} INFO - Context impl', 'info'],
    ['[2025-05-25 18:12:41,497: ERROR/MainProcess] consumer: no', 'error'],
    ['10:11AM ERR no key', 'error'],
    ['2024-05-11 08:11:12.118 GMT [1] LOG:  listening on IPv4 address', 'info'],
    ['2024-05-11 08:11:12.118 GMT [412] FATAL:  the database system is starting up', 'fatal'],
    ['2022-10-31T14:49:28.157941Z 0 [System] [MY-010931] [Server] ready for connections', 'info'],
    ['GET /ERROR 404', undefined],
    ['no INFO here', undefined],
  ])('%s', (text, level) => {
    expect((line(text) as readonly { readonly level?: string }[])[0]?.level).toBe(level)
  })
})

describe('the end of a log', () => {
  const end = (...texts: readonly string[]) => factsOf('kubectl logs web', texts.join('\n')).facts.logEnd

  test('is its newest line that names a level, with how many errors there were', () => {
    expect(end('INFO up', 'ERROR one', 'ERROR two', '  more of it')).toEqual({
      level: 'error',
      message: 'ERROR two',
      errors: 2,
      inTrace: false,
    })
  })

  test.each([
    '\tat org.postgresql.Driver.connect(Driver.java:256)',
    '\t... 13 more',
    '    at Object.<anonymous> (/app/server.js:3:7)',
    '  File "/app/main.py", line 3, in <module>',
    '\t/src/cmd/main.go:220 +0x3c',
    'Caused by: java.io.IOException: failed to obtain lock',
  ])('may be a frame of a stack trace: %s', frame => {
    expect(end('it failed', frame)).toEqual({ errors: 0, inTrace: true })
  })

  test.each(['docker compose logs web', 'docker-compose logs web', 'docker container logs web'])(
    'is known where %s puts the name of a container in front',
    command => {
      const text =
        'web-1  | INFO up\nweb-1  | ERROR no\nweb-1  |   File "/app/main.py", line 3, in <module>\n'
      expect(factsOf(command, text).facts.logEnd).toMatchObject({ level: 'error', inTrace: true })
    },
  )

  test('is not known of lines that name no level', () => {
    expect(end('one', 'two')).toBeUndefined()
  })
})

describe('a log', () => {
  test('of etcd before 3.5 is read line by line', () => {
    const { facts, lines, parser } = recorded('etcd-peer-down')
    expect(parser).toBe('log-lines')
    expect(facts.logLines).toHaveLength(5)
    expect((facts.logLines as readonly unknown[])[0]).toEqual({
      level: 'warning',
      time: '2026-11-21T06:15:15.082877',
      source: 'rafthttp',
      message:
        'health check for peer 259cc46e3b35cd15 could not connect: dial tcp 127.0.0.1:32380: connect: connection refused',
    })
    expect(lines.get('logLines[4]')).toBe(5)
  })

  test.each([
    ['crictl-apiserver', 'E1121 connect to etcd: connection refused'],
    ['docker-error', 'boom'],
  ])('that a container wrote to its error stream is a log too: %s', (name, message) => {
    expect(recorded(name).facts.logLines).toMatchObject([{ message }])
  })

  test('of a container that wrote nothing is empty', () => {
    expect(recorded('crictl-nothing')).toMatchObject({ facts: { logLines: [] }, diagnostics: [] })
  })

  test('that could not be fetched is a complaint, not a log', () => {
    const { facts, diagnostics } = recorded('kubectl-unreachable')
    expect(facts).toEqual({})
    expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual(['E_FACTS_NO_ANSWER'])
  })

  test('of any length keeps its newest 500 lines', () => {
    const output = Array.from({ length: 700 }, (_, index) => `line ${index}`).join('\n')
    const { facts, lines } = factsOf('docker logs -f c2', output)
    expect(facts.logLines).toHaveLength(500)
    expect((facts.logLines as readonly unknown[])[0]).toEqual({ message: 'line 200' })
    expect(lines.get('logLines[0]')).toBe(201)
  })

  test('in a file is recognised by its lines', () => {
    const output =
      "2024-05-02 11:20:09,151 [salt.cli.daemons ][INFO    ][2391] Starting up the Salt Minion\n2024-05-02 11:20:14,731 [salt.utils.network ][ERROR   ][2391] DNS lookup of 'salt' failed.\n"
    expect(factsOf('tail -n 200 /opt/rafay/salt/var/log/salt/minion', output)).toMatchObject({
      parser: 'log-lines',
      facts: { logLines: [{ level: 'info' }, { level: 'error' }] },
    })
  })
})
