import { runApp } from '../../src/ui/index.ts'
import { createTestServices, fullDisk, nodeContext } from './render-runbook.ts'
import { createFakeStore } from './render-store.ts'

// Shows the screens with a made-up runbook and outputs, for looking at: bundle it, then run it in a terminal.

const outputs: readonly (readonly [RegExp, string])[] = [
  [/^df -h/, fullDisk],
  [/^df -i/, 'Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/sda2 2621440 301 2621139 1% /'],
  [
    /^systemctl/,
    '\x1b[31m×\x1b[0m kubelet.service - kubelet: The Kubernetes Node Agent\n     Active: \x1b[1;31mfailed\x1b[0m',
  ],
]

const now = (): number => Date.now()

const { services } = createTestServices({
  now,
  appearance: {
    colours: process.env.NO_COLOR === undefined ? 'sixteen' : 'none',
    glyphs: process.env.ASCII === undefined ? 'unicode' : 'ascii',
  },
  earlier: [
    {
      header: {
        sessionId: '20261120-233000-ffff',
        tool: 'runtree 0.1.0',
        runbook: 'node-checks',
        digest: '',
        target: 'local',
        host: 'worker-2',
        startedAt: '2026-11-20T23:30:00Z',
        readOnly: false,
      },
      status: 'problem-found',
      steps: 4,
      commands: 11,
      causes: ['disk-full'],
      path: '/home/ops/.local/state/runtree/sessions/20261120-233000-ffff',
    },
  ],
  openSession: async at =>
    createFakeStore({
      context: nodeContext,
      at,
      now,
      onStart: (store, runId, line) => {
        const text = outputs.find(([pattern]) => pattern.test(line))?.[1]
        if (text !== undefined) {
          store.print(runId, text)
          setTimeout(() => store.end(runId), 300)
          return
        }
        let count = 0
        const timer = setInterval(() => {
          if (!store.running().some(run => run.runId === runId)) return clearInterval(timer)
          for (let at_ = 0; at_ < 10; at_++) {
            count++
            store.print(
              runId,
              `Nov 21 10:${String(count % 60).padStart(2, '0')}:12 worker-2 kubelet[811]: E1121 10:00:00.000000 811 reflector.go:147] line ${count} dial tcp 10.0.0.1:6443: connect: connection refused /var/lib/kubelet 日本語`,
            )
          }
        }, 100)
      },
    }),
})

const end = await runApp(services)
process.stdout.write(`${end.kind}: ${end.sessions.map(store => store.journalPath).join(', ')}\n`)
process.exit(0)
