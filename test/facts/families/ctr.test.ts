import { describe, expect, test } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('ctr', name)

describe('ctr', () => {
  test('lists containers, and tasks as the same containers with pid and state', () => {
    expect(recorded('containers')).toMatchObject({
      parser: 'ctr',
      facts: {
        containers: [
          { id: 't2', image: 'docker.io/library/busybox:local', runtime: 'io.containerd.runc.v2' },
        ],
      },
    })
    expect(recorded('tasks').facts.containers).toEqual([{ id: 't2', pid: 20780, state: 'running' }])
  })

  test('shortens the long ids of Kubernetes as crictl does', () => {
    const output =
      'TASK                                                                PID     STATUS\n351b07a6a533d713aa9ad665d83be4283bf653627f2c01c86902822860a1a467    4711    STOPPED\n'
    expect(factsOf('ctr -n k8s.io tasks ls', output).facts.containers).toEqual([
      { id: '351b07a6a533d', pid: 4711, state: 'stopped' },
    ])
  })

  test('lists images with tag, digest and size in bytes though its columns run over', () => {
    const { facts, lines } = recorded('images')
    expect(facts.images).toEqual([
      {
        image: 'docker.io/library/busybox',
        tag: 'local',
        digest: 'sha256:2d5967b26b0a585d4a070d868b9bb8caa00d7073dea953d9393fe296e91ba4de',
        size: 1992294,
      },
      expect.objectContaining({ image: 'registry.k8s.io/pause', tag: '3.6' }),
      expect.not.objectContaining({ image: expect.anything() }),
    ])
    expect(lines.get('images[1]')).toBe(3)
  })

  test('lists plugins with their status', () => {
    const { containerdPlugins } = recorded('plugins').facts
    expect(containerdPlugins).toHaveLength(38)
    expect(containerdPlugins).toContainEqual({
      kind: 'io.containerd.snapshotter.v1',
      id: 'devmapper',
      platforms: 'linux/amd64',
      status: 'error',
    })
  })

  test('names the version of the server, not of the client', () => {
    expect(recorded('version').facts.runtime).toEqual({ name: 'containerd', version: '1.6.20~ds1' })
    const client = 'Client:\n  Version:  1.6.20\n  Revision: x\n  Go version: go1.19.8\n\n'
    const down =
      'ctr: failed to dial "/run/containerd/containerd.sock": context deadline exceeded: connection error: desc = "transport: error while dialing: dial unix:///run/containerd/containerd.sock: timeout"\n'
    const { facts, diagnostics } = factsOf('ctr version', client, { stderr: down, exitCode: 1 })
    expect(facts).toEqual({})
    expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual(['E_FACTS_NO_ANSWER'])
  })

  test('says by a header alone that there is none', () => {
    expect(factsOf('ctr -n k8s.io containers ls', 'CONTAINER    IMAGE    RUNTIME    \n').facts).toEqual({
      containers: [],
    })
    expect(factsOf('ctr images ls', 'REF TYPE DIGEST SIZE PLATFORMS LABELS \n').facts).toEqual({ images: [] })
  })
})
