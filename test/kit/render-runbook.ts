import { compileKnowledge, scanLookFor } from '../../src/diagnosis/index.ts'
import { parsers } from '../../src/facts/index.ts'
import type { DecideContext, SessionHeader } from '../../src/session/index.ts'
import type { Tree } from '../../src/tree/index.ts'
import type { AppServices } from '../../src/ui/index.ts'
import { bindings } from '../../src/ui/keys/bindings.ts'
import { createFakeStore, type FakeStore } from './render-store.ts'
import { aCommand, aTree, branchTo } from './render-tree.ts'

const name = 'node-checks'

/** A small runbook with one of everything that the step screen shows. */
export const nodeRunbook: Tree = aTree(
  name,
  [
    {
      id: 'disk',
      title: 'Disk space',
      number: '1.1',
      layer: 'node',
      explanation:
        'When a filesystem is full, the kubelet can no longer pull images or write logs, and it begins to **evict pods**.\n\n' +
        'Look at the column `Use%`:\n\n- below 80 % is healthy\n- above 90 % makes trouble soon\n\n' +
        '> A full `/var` is by far the most common reason for a node that is *NotReady*.',
      commands: [
        aCommand('disk/1', 'df -h', { caption: 'room on each filesystem', place: 'node' }),
        aCommand('disk/2', 'df -i', { caption: 'inodes: many small files fill these first', place: 'node' }),
        aCommand('disk/3', 'du -xh <directory> --max-depth=1', { place: 'node' }),
        aCommand('disk/4', 'journalctl --vacuum-size=200M', { place: 'node', caption: 'makes room' }),
      ],
      lookFor: [{ pattern: { kind: 'literal', text: '/var' }, means: 'container images and logs live here' }],
      branches: [
        branchTo(name, 'free-space', {
          condition: { kind: 'cause', id: 'disk-full' },
          label: 'a filesystem is nearly full',
        }),
        branchTo(name, 'kubelet', {
          condition: { kind: 'fact', expression: 'exit != 0' },
          label: 'the command itself failed',
        }),
        branchTo(name, 'applications', {
          condition: { kind: 'choice' },
          label: 'only one application is affected',
        }),
        branchTo(name, 'kubelet', { condition: { kind: 'otherwise' }, label: 'the next layer' }),
      ],
    },
    {
      id: 'free-space',
      title: 'Free space',
      layer: 'node',
      explanation: 'Remove what nobody needs: old journals first, then images that no container uses.',
      commands: ['journalctl --disk-usage', 'crictl rmi --prune', 'rm -rf /var/lib/old-images'],
      branches: [
        branchTo(name, 'disk', { condition: { kind: 'otherwise' }, label: 'look again' }),
        { condition: { kind: 'choice' }, label: 'there is room again', to: { kind: 'resolved' } },
      ],
    },
    {
      id: 'kubelet',
      title:
        'Validate the kubelet, its certificates and everything that it needs to start, one after another',
      number: '1.2',
      layer: 'kubernetes',
      explanation: 'Is the kubelet up, and what does it say?',
      commands: ['systemctl status kubelet', 'journalctl -u kubelet -e --no-pager | tail -n 200', 'top'],
    },
    {
      id: 'applications',
      title: 'アプリケーション層 の確認 🚀 application layer',
      layer: 'app',
      explanation: 'これは読むだけの手順です。コマンドはありません。次の手順に進んでください。',
    },
  ],
  {
    title: 'Node checks',
    summary: 'What to look at on a node that is not ready, over SSH alone',
    symptoms: [
      { say: 'The node is NotReady', go: { kind: 'step', ref: { runbook: name, step: 'kubelet' } }, line: 1 },
      { say: 'Pods are evicted', go: { kind: 'step', ref: { runbook: name, step: 'disk' } }, line: 1 },
    ],
    variables: [
      { name: 'directory', about: 'the directory that is too large', type: 'path', from: undefined },
    ],
    requires: ['df', 'systemctl', 'journalctl'],
  },
)

/** What a session about the small runbook is decided with; one cause, read off the facts of `df`. */
export const nodeContext: DecideContext = {
  library: { trees: new Map([[name, nodeRunbook]]) },
  parsers,
  knowledge: compileKnowledge([
    {
      id: 'disk-full',
      title: 'A filesystem is full',
      layer: 'node',
      meaning: 'Nothing can be written there any more. Free space before anything else.',
      patterns: [],
      conditions: [
        {
          rule: 'nearly-full',
          each: 'filesystems',
          when: 'it.usePercent >= 90',
          says: '{mount} is {usePercent} % full',
          severity: 'error',
        },
      ],
      benign: [],
      explains: [],
      next: [
        { runbook: 'another', step: 'disk' },
        { runbook: name, step: 'free-space' },
      ],
    },
  ]),
  defaultTimeoutMs: 30_000,
}

/** What `df -h` prints on a node whose /var is nearly full. */
export const fullDisk = [
  'Filesystem      Size  Used Avail Use% Mounted on',
  'tmpfs           392M  1.3M  391M   1% /run',
  '/dev/sda2        40G   12G   26G  32% /',
  '/dev/sdb1       100G   96G  4.0G  97% /var',
  '/dev/sda1       511M  6.1M  505M   2% /boot/efi',
].join('\n')

/** A fixed instant, so that elapsed times are the same in every test. */
export const testInstant = Date.parse('2026-11-21T10:15:00Z')

/** What services for tests are made with. */
export type TestServices = { readonly services: AppServices; readonly stores: readonly FakeStore[] }

/** Services whose sessions are fake stores; the newest store is the last. */
export const createTestServices = ({
  header = {},
  ...more
}: Partial<AppServices> & { readonly header?: Partial<SessionHeader> } = {}): TestServices => {
  const stores: FakeStore[] = []
  const services: AppServices = {
    version: '0.1.0',
    target: { name: 'local', host: 'worker-2' },
    runbooks: [
      { name, title: nodeRunbook.title, summary: nodeRunbook.summary, steps: nodeRunbook.steps.length },
    ],
    earlier: [],
    drills: [],
    openDrill: async () => Promise.reject(new Error('there is no drill here')),
    context: nodeContext,
    targets: { known: () => [{ name: 'local', about: 'this machine' }], change: async () => undefined },
    machines: { known: () => [], find: () => undefined },
    scanLookFor,
    openSession: async at => {
      const store = createFakeStore({ context: services.context, at, now: services.now, header })
      stores.push(store)
      return store
    },
    reportOf: store =>
      `# Report of ${store.getSnapshot().session.header?.sessionId}\n\nThe **first** sentence.\n`,
    saveText: () => undefined,
    bindings,
    appearance: { colours: 'none', glyphs: 'unicode' },
    onTerminal: () => undefined,
    suspend: async () => undefined,
    now: () => testInstant,
    ...more,
  }
  return { services, stores }
}
