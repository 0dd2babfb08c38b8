import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Examined, examineInputs } from '../../../src/cli/explain/examine-inputs.ts'
import { placeFindings } from '../../../src/cli/explain/place-findings.ts'
import { presentExplainJson } from '../../../src/cli/explain/present-explain-json.ts'
import { presentSkipped } from '../../../src/cli/explain/present-skipped.ts'
import { bundledKnowledge } from '../../diagnosis/observe.ts'

const knowledge = bundledKnowledge()
const folder = fileURLToPath(new URL('../../fixtures/cli/explain/', import.meta.url))
const examine = (path: string): Promise<Examined> =>
  examineInputs({ operands: [path], command: undefined, knowledge })

/** The end of each path, as far as it differs from bundle to bundle. */
const within = (path: string | undefined): string => (path ?? '').slice(folder.length)
const commandsOf = ({ outputs }: Examined): readonly string[] =>
  outputs.filter(({ parser }) => parser !== undefined).map(({ command }) => command)

/** Where the first sign of the first finding stands. */
const first = (examined: Examined) => {
  const [finding] = placeFindings(examined)
  const places = finding?.evidence.map(
    ({ file, line }) => `${within(file).split('/').slice(2).join('/')}:${line}`,
  )
  return { cause: finding?.cause, places }
}

describe('a report of sos', () => {
  it('is read by the names that its outputs have', async () => {
    const examined = await examine(join(folder, 'sosreport'))
    expect(commandsOf(examined)).toEqual(
      expect.arrayContaining(['df -al -x autofs', 'free -m', 'systemctl list-units --failed']),
    )
    expect(first(examined)).toMatchObject({
      cause: 'disk-full',
      places: expect.arrayContaining(['sos_commands/filesys/df_-al_-x_autofs:4']),
    })
    expect(examined.skipped.map(within)).toEqual([expect.stringMatching(/var\/log\/wtmp$/)])
  })
})

describe('a must-gather', () => {
  it('is read by kinds, pods and machines', async () => {
    const examined = await examine(join(folder, 'must-gather'))
    expect(commandsOf(examined)).toEqual(
      expect.arrayContaining([
        'kubectl get nodes worker-1 -o yaml',
        'kubectl get events -n shop -o yaml',
        'kubectl logs orders-7d9 -c orders -n shop --previous',
        'journalctl -u kubelet',
      ]),
    )
    const { cause, places } = first(examined)
    expect(cause).toBe('disk-full')
    expect(places).toContain('cluster-scoped-resources/core/nodes/worker-1.yaml:16')
    expect(places).toContain('namespaces/shop/pods/orders-7d9/orders/orders/logs/previous.log:2')
  })
})

describe('a dump of a cluster', () => {
  it('is read by namespaces', async () => {
    const examined = await examine(join(folder, 'cluster-info-dump'))
    expect(commandsOf(examined)).toEqual([
      'kubectl get nodes -o json',
      'kubectl get events -n shop -o json',
      'kubectl get pods -n shop -o json',
      'kubectl logs web-6c9 -n shop',
    ])
    expect(first(examined).cause).toBe('disk-full')
  })
})

describe('a report of Gravity', () => {
  it('is read by the names that Gravity gives', async () => {
    const examined = await examine(join(folder, 'gravity-report'))
    expect(commandsOf(examined)).toEqual(
      expect.arrayContaining([
        'gravity status --output=json',
        'etcdctl cluster-health',
        'df',
        'df -i',
        'lsmod',
      ]),
    )
    expect(first(examined).cause).toBe('kernel-module-missing')
    expect(presentSkipped(examined.skipped)).toEqual([
      expect.stringMatching(/etc-logs\.tar\.gz is an archive.*unpack/),
    ])
  })

  it('gives outputs with the file that holds them, and lines counted within it', async () => {
    const { outputs } = JSON.parse(presentExplainJson(await examine(join(folder, 'gravity-report'))))
    const inodes = outputs.find(({ command }: { command: string }) => command === 'df -i')
    expect(inodes).toMatchObject({ parser: 'df', firstLine: 1, lines: 7 })
    expect(within(inodes.file)).toBe('gravity-report/node-1/df-inodes')
  })

  it('holds a journal as exported, which is searched too', async () => {
    const path = mkdtempSync(join(tmpdir(), 'runtree-test-'))
    mkdirSync(join(path, 'node-1'))
    const entry = (message: string) =>
      `__REALTIME_TIMESTAMP=1772438400000000\n_HOSTNAME=node-1\nSYSLOG_IDENTIFIER=dockerd\nMESSAGE=${message}\n\n`
    const text = `${entry('started')}${entry('write /var/lib/x: no space left on device')}`
    writeFileSync(join(path, 'node-1', 'gravity-system.log'), text)
    const [finding] = placeFindings(await examine(path))
    expect([finding?.cause, finding?.evidence[0]?.line]).toEqual(['disk-full', 9])
  })
})

describe('what is left out of a bundle', () => {
  it('is counted where it is much', () => {
    const lines = presentSkipped(Array.from({ length: 25 }, (_, index) => `b/core.${index}`))
    expect(lines).toHaveLength(11)
    expect(lines.at(-1)).toContain('15 more files')
  })
})
