import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

const app = {
  id: '351b07a6a533d',
  image: 'registry.example.com/team/app:1.2.3',
  name: 'app',
  state: 'exited',
  attempt: 3,
  podId: '4039869a47c86',
  pod: 'app-7d9f',
  created: 'About a minute ago',
}

const codes = (command: string, stdout: string) =>
  factsOf(command, stdout).diagnostics.map(diagnostic => diagnostic.code)

describe('a table of containers that is not aligned with its titles', () => {
  it('is read by the words that say when and in which state', () => {
    const narrow = `CONTAINER  IMAGE  CREATED  STATE  NAME  ATTEMPT  POD ID  POD
351b07a6a533d  registry.example.com/team/app:1.2.3  About a minute ago  Exited  app  3  4039869a47c86  app-7d9f
`
    const pushed = `CONTAINER           IMAGE               CREATED             STATE               NAME                ATTEMPT             POD ID              POD
351b07a6a533d       registry.example.com/team/app:1.2.3       About a minute ago        Exited              app                   3                   4039869a47c86       app-7d9f
`
    expect(factsOf('crictl ps -a', narrow).facts.containers).toEqual([app])
    expect(factsOf('crictl ps -a', pushed).facts.containers).toEqual([app])
    expect(factsOf('crictl ps -a', narrow.replaceAll(/ +/g, ' ')).facts.containers).toEqual([app])
  })

  it('survives wide characters and empty cells', () => {
    const text = `CONTAINER           IMAGE               CREATED             STATE               NAME                ATTEMPT             POD ID              POD
ff818b3b4225e       e2af042aef696       45 seconds ago      Running             日本語サービス      0                   eaaae59c12427       ok
b1b2c3d4e5f60       56cc512116c8f       3 hours ago         Running             etcd                                    0a1b2c3d4e5f7       etcd-n1
`
    expect(factsOf('crictl ps', text).facts.containers).toMatchObject([
      { name: '日本語サービス', attempt: 0, pod: 'ok' },
      { name: 'etcd', podId: '0a1b2c3d4e5f7', pod: 'etcd-n1' },
    ])
  })

  it('tells a state that was cut short', () => {
    const text = `CONTAINER      IMAGE          CREATED        STATE     NAME     ATTEMPT   POD ID         POD
351b07a6a5…    e2af042aef…    1 second a…    Runni…    kube-…   3         4039869a4…     oom
0f66b11237...  e2af042...     2 secon...     Exi...    c        0         f1e67c4...     crash
`
    expect(factsOf('crictl ps', text).facts.containers).toMatchObject([
      { state: 'running' },
      { state: 'exited' },
    ])
  })

  it('reads a row of docker whose gaps have become single blanks', () => {
    const docker = `CONTAINER ID IMAGE COMMAND CREATED STATUS PORTS NAMES
a1b2c3d4e5f6 nginx "/docker-entrypoint.…" 2 hours ago Up 2 hours 80/tcp web
`
    expect(factsOf('docker ps', docker).facts.containers).toMatchObject([
      { id: 'a1b2c3d4e5f6', image: 'nginx', name: 'web', state: 'running', status: 'Up 2 hours' },
    ])
  })

  it('says so where a row cannot be read, and does not say that there is none', () => {
    const docker = `CONTAINER ID IMAGE COMMAND CREATED STATUS PORTS NAMES
a1b2c3d4e5f6 nginx web
`
    expect(factsOf('docker ps', docker).facts).toEqual({})
    expect(codes('docker ps', docker)).toEqual(['E_FACTS_ROWS_UNREAD'])
    const pods = `POD ID              CREATED             STATE               NAME                NAMESPACE           ATTEMPT
f84dd361f8dc5       12 hours ago        Ready               web                 default             0
f84dd361f8dc5       web                 12 hours ago        Ready               default             0
`
    expect(factsOf('crictl pods', pods).facts.podSandboxes).toHaveLength(1)
    expect(codes('crictl pods', pods)).toEqual(['E_FACTS_ROWS_UNREAD'])
  })
})

describe('a listing of kubectl whose cells were cut short', () => {
  it('leaves out a row that it cannot read, with a diagnostic', () => {
    const text = `NAME                     READY   STATUS             RESTARTS   AGE
web-6d4b75cb6d-hwjzv     0/1     CrashLoopBac…      12 (34…    1h
web-6d4b75cb6d-abcde     1/1     Running            0          10d
`
    const { facts, diagnostics } = factsOf('kubectl get pods', text)
    expect(facts.pods).toMatchObject([{ name: 'web-6d4b75cb6d-abcde', ready: 1 }])
    expect(diagnostics).toMatchObject([{ code: 'E_FACTS_ROWS_UNREAD', span: { start: { line: 2 } } }])
  })

  it('has no complaint about warnings and log lines between its rows', () => {
    const text = `W0101 10:00:00.000000   1234 warnings.go:70]   v1 is deprecated   in v1.33+
NAME    READY   STATUS    RESTARTS   AGE
web-0   1/1     Running   0          5d
error: the server has   asked for   credentials
`
    expect(codes('kubectl get pods', text)).not.toContain('E_FACTS_ROWS_UNREAD')
  })
})

it('never takes a cell for that of another column, however wide cells and gaps are', () => {
  const gap = fc.integer({ min: 2, max: 30 }).map(width => ' '.repeat(width))
  const row = fc.record({
    name: fc.constantFrom('c', 'kube-controller-manager', 'サービス', 'a_b.c-d'),
    image: fc.constantFrom('e2af042aef696', 'registry.example.com:5000/team/app@sha256:abc'),
    state: fc.constantFrom('Running', 'Exited', 'Created', 'Unknown'),
    attempt: fc.integer({ min: 0, max: 4000 }),
    gap,
  })
  const titles = 'CONTAINER|IMAGE|CREATED|STATE|NAME|ATTEMPT|POD ID|POD'.split('|')
  fc.assert(
    fc.property(gap, fc.array(row, { minLength: 1, maxLength: 5 }), (between, rows) => {
      const body = rows.map(({ image, state, name, attempt, gap: own }) =>
        ['0f66b11237adb', image, '2 hours ago', state, name, String(attempt), 'f1e67c403822d', 'web-0'].join(
          own,
        ),
      )
      const stdout = [titles.join(between), ...body].join('\n')
      expect(factsOf('crictl ps -a', stdout).facts.containers).toEqual(
        rows.map(({ image, state, name, attempt }) => ({
          id: '0f66b11237adb',
          image,
          name,
          state: state.toLowerCase(),
          attempt,
          podId: 'f1e67c403822d',
          pod: 'web-0',
          created: '2 hours ago',
        })),
      )
    }),
  )
})
