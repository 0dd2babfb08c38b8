import { describe, expect, test } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

const exited = {
  Id: '56a4d5a2928fe0c2b7a9d4bbd3f6a1a2c9a1f4b1b7c8d9e0f1a2b3c4d5e6f708',
  Created: '2026-11-21T06:17:40.100735499Z',
  State: {
    Status: 'exited',
    Running: false,
    OOMKilled: true,
    Pid: 0,
    ExitCode: 137,
    Error: '',
    StartedAt: '2026-11-21T06:17:41Z',
    FinishedAt: '2026-11-21T06:18:00Z',
  },
  Name: '/k8s_coredns_coredns-86fsb_kube-system_d1c2_4',
  RestartCount: 4,
  HostConfig: { Memory: 178257920, RestartPolicy: { Name: 'unless-stopped' } },
  Config: { Image: 'coredns:1.6.7' },
  LogPath: '/var/lib/docker/containers/56a4/56a4-json.log',
}

describe('docker inspect', () => {
  test('tells why a container ended, with the pod that the kubelet made it for', () => {
    const output = JSON.stringify([exited], undefined, 4)
    const { facts, lines, parser } = factsOf('sudo docker inspect 56a4 | less', output)
    expect(parser).toBe('docker')
    expect(facts.containers).toEqual([
      {
        id: '56a4d5a2928f',
        name: 'coredns',
        pod: 'coredns-86fsb',
        namespace: 'kube-system',
        attempt: 4,
        image: 'coredns:1.6.7',
        state: 'exited',
        exitCode: 137,
        reason: 'OOMKilled',
        restarts: 4,
        restartPolicy: 'unless-stopped',
        memoryLimit: 178257920,
        createdAt: '2026-11-21T06:17:40.100735499Z',
        startedAt: '2026-11-21T06:17:41Z',
        finishedAt: '2026-11-21T06:18:00Z',
        logPath: '/var/lib/docker/containers/56a4/56a4-json.log',
      },
    ])
    expect(lines.get('containers[0]')).toBe(3)
  })

  test('of a container that runs names neither exit code nor end', () => {
    const running = {
      ...exited,
      Name: '/chisel',
      RestartCount: 0,
      State: {
        Status: 'running',
        Running: true,
        Pid: 77,
        ExitCode: 0,
        FinishedAt: '0001-01-01T00:00:00Z',
        Health: { Status: 'unhealthy' },
      },
    }
    const [container] = factsOf('docker inspect chisel', JSON.stringify([running])).facts
      .containers as readonly object[]
    expect(container).toMatchObject({
      name: 'chisel',
      state: 'running',
      pid: 77,
      health: 'unhealthy',
      restarts: 0,
    })
    expect(container).not.toHaveProperty('exitCode')
    expect(container).not.toHaveProperty('finishedAt')
  })

  test('of nothing is an empty list only when docker could look', () => {
    expect(
      factsOf('docker inspect nope', '[]\n', { stderr: 'Error: No such object: nope\n', exitCode: 1 }),
    ).toMatchObject({ facts: {}, diagnostics: [{ code: 'E_FACTS_COMMAND_FAILED' }] })
  })
})

describe('docker info', () => {
  const output = [
    'Client:',
    ' Version:    24.0.7',
    'Server:',
    ' Containers: 14',
    '  Running: 12',
    '  Paused: 0',
    '  Stopped: 2',
    ' Images: 20',
    ' Server Version: 24.0.7',
    ' Storage Driver: overlay2',
    ' Logging Driver: json-file',
    ' Cgroup Driver: cgroupfs',
    ' Cgroup Version: 2',
    ' Default Runtime: runc',
    ' Docker Root Dir: /var/lib/docker',
    ' Live Restore Enabled: false',
    'WARNING: bridge-nf-call-iptables is disabled',
    '',
  ].join('\n')

  test('tells drivers, counts and warnings', () => {
    expect(factsOf('docker info', output).facts.runtime).toEqual({
      name: 'docker',
      version: '24.0.7',
      cgroupDriver: 'cgroupfs',
      cgroupVersion: 2,
      storageDriver: 'overlay2',
      loggingDriver: 'json-file',
      defaultRuntime: 'runc',
      rootDirectory: '/var/lib/docker',
      containerCount: 14,
      runningCount: 12,
      stoppedCount: 2,
      warnings: ['bridge-nf-call-iptables is disabled'],
    })
  })

  test('of a client whose daemon is down leaves the facts absent', () => {
    const { facts, diagnostics } = factsOf('docker info', 'Client:\n Version:    24.0.7\n\nServer:\n', {
      stderr:
        'ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n',
      exitCode: 1,
    })
    expect(facts).toEqual({})
    expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual(['E_FACTS_NO_ANSWER'])
  })
})

describe('docker images', () => {
  test('are read with age in seconds and size in bytes', () => {
    const output = [
      'REPOSITORY          TAG       IMAGE ID       CREATED        SIZE',
      'quay.io/gravity     5.5.53    0c2b7a9d4bbd   2 weeks ago    1.21GB',
      '<none>              <none>    f4b1b7c8d9e0   3 months ago   77.8MB',
    ].join('\n')
    expect(factsOf('docker images', output).facts.images).toEqual([
      {
        image: 'quay.io/gravity',
        tag: '5.5.53',
        id: '0c2b7a9d4bbd',
        ageSeconds: 1209600,
        size: 1_210_000_000,
      },
      { id: 'f4b1b7c8d9e0', ageSeconds: 7776000, size: 77_800_000 },
    ])
  })
})

describe('docker ps with columns of one’s own', () => {
  const scheduler = { name: 'kube-scheduler', pod: 'kube-scheduler-m1', namespace: 'kube-system', attempt: 4 }
  const name = 'k8s_kube-scheduler_kube-scheduler-m1_kube-system_8d0f_4'
  const stopped = { state: 'exited', exitCode: 2, status: 'Exited (2) 40 seconds ago' }

  test.each([
    [
      `docker ps -a --format 'table {{.ID}}\\t{{.Status}}\\t{{.Names}}'`,
      `CONTAINER ID   STATUS                      NAMES\n7c1be0a8f2d4   Exited (2) 40 seconds ago   ${name}\n`,
      [{ id: '7c1be0a8f2d4', ...scheduler, ...stopped }],
    ],
    [
      `docker ps -a --format 'table {{.Names}}\\t{{.State}}'`,
      `NAMES\tSTATE\n${name}\texited\n`,
      [{ ...scheduler, state: 'exited' }],
    ],
    [
      `docker ps -a --format '{{.ID}} {{.Image}} {{.Names}}: {{.Status}}'`,
      `7c1be0a8f2d4 registry.k8s.io/kube-scheduler:v1.20.2 ${name}: Exited (2) 40 seconds ago\n`,
      [{ id: '7c1be0a8f2d4', image: 'registry.k8s.io/kube-scheduler:v1.20.2', ...scheduler, ...stopped }],
    ],
  ])('%s', (command, output, containers) => {
    expect(factsOf(command, output).facts.containers).toEqual(containers)
  })
})
