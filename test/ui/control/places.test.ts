import { expect, it } from 'vitest'
import { createController } from '../../../src/ui/control/create-controller.ts'
import { pressesOf } from '../../../src/ui/keys/press.ts'
import { createTestServices, nodeContext } from '../../kit/render-runbook.ts'

const disk = { runbook: 'node-checks', step: 'disk' }

/** The runbook of the tests, its second command meant for the control plane; the session's target is one machine that stands for a node. */
const open = async () => {
  const [tree] = [...nodeContext.library.trees.values()]
  if (tree === undefined) throw new Error('the kit has no runbook')
  const steps = tree.steps.map(step => ({
    ...step,
    commands: step.commands.map((command, at) =>
      at === 1 ? { ...command, place: 'control-plane' } : command,
    ),
  }))
  const placed = { ...tree, steps, stepById: new Map(steps.map(step => [step.id, step])) }
  const { services, stores } = createTestServices({
    initial: disk,
    context: { ...nodeContext, library: { trees: new Map([[tree.name, placed]]) } },
    header: { place: 'node', reach: 'machine' },
    machines: {
      known: () => ['ssh:cp-1', 'ssh:cp-2'],
      find: (_place, text, home) =>
        text === home.target
          ? home
          : text.startsWith('ssh:')
            ? { target: text, host: text.slice(4) }
            : undefined,
    },
  })
  const controller = createController(services)
  controller.resize({ columns: 120, rows: 40 })
  await controller.start()
  const store = stores[0]
  if (store === undefined) throw new Error('no session was opened')
  return {
    type: (text: string) => controller.type({ kind: 'keys', presses: pressesOf(text) }),
    overlay: () => controller.getMoment().ui.overlay?.kind,
    notice: () => controller.getMoment().ui.notice?.text,
    machines: () => store.running().map(run => [run.line, run.machine?.host]),
    end: (runId: string) => store.end(runId),
  }
}

it('asks once where a place is, the same machine first', async () => {
  const { type, overlay, machines, end } = await open()
  type('j\r')
  expect([overlay(), machines()]).toEqual(['place', []])
  type('\r')
  expect([overlay(), machines()]).toEqual([undefined, [['df -i', 'worker-2']]])
  end('r1')
  type('\r')
  expect(machines()).toEqual([['df -i', 'worker-2']])
})

it('takes a machine of the list, found by typing, or one that was typed', async () => {
  const chosen = await open()
  chosen.type('j\rcp-2\r')
  expect(chosen.machines()).toEqual([['df -i', 'cp-2']])
  const typed = await open()
  typed.type('j\rops@10.0.0.7\r')
  expect(typed.machines()).toEqual([['df -i', 'ops@10.0.0.7']])
})

it('leaves the command with Esc, and asks before only some of the reads of a step run', async () => {
  const { type, overlay, machines } = await open()
  type('R')
  expect([overlay(), machines()]).toEqual(['place', []])
  type('\x1b')
  expect([overlay(), machines()]).toEqual([undefined, []])
  type('R\r')
  expect(machines().length).toBeGreaterThan(0)
})

it('lets a machine that was named wrongly be named anew', async () => {
  const { type, overlay, machines, end } = await open()
  type('j\rcp-1\r')
  end('r1')
  type('P')
  expect(overlay()).toBe('place')
  type('cp-2\r')
  expect(machines()).toEqual([['df -i', 'cp-2']])
})

it('says why a command has no other machine', async () => {
  const { type, overlay, notice, end } = await open()
  type('!uptime\r')
  end('r1')
  type('GP')
  expect(overlay()).toBeUndefined()
  expect(notice()).toContain('it runs where the session does')
})
