import { beforeAll, describe, expect, it } from 'vitest'
import { type LineResult, shellAt, type World } from '../../src/cluster/index.ts'
import { bundledKnowledge, observe } from '../diagnosis/observe.ts'
import { type InventoryCommand, inventory } from './inventory.ts'
import { openWorld } from './kit.ts'
import { createFiller } from './placeholders.ts'

const knowledge = bundledKnowledge()

/** Commands that rightly print nothing in a healthy world, by what the line looks like, and why. */
const silent: readonly (readonly [RegExp, string])[] = [
  [/^(export|cd|sleep) /, 'changes the shell or waits'],
  [/^echo \$\w+_proxy/, 'no proxy is set'],
  [/ > \S+$/, 'writes to a file'],
  [/^\w+=/, 'assigns a variable'],
  [/\| ?(e?grep|grep -i) /, 'looks for what a healthy world does not have'],
  [/^kubectl get .* (-w|--watch)$/, 'tells changes only, and there are none'],
  [/^journalctl -u calico-node -f/, 'Calico runs in a pod and has no unit'],
  [/docker (ps -q|image prune)/, 'the engine beside the cluster keeps nothing'],
]

/** Commands that rightly fail or find something where the documents run them, and why. */
const failing: readonly (readonly [RegExp, string])[] = [
  [
    /^etcdctl --endpoints=\S+ (member|endpoint|alarm)/,
    'gives no certificates: its variables are of a shell before',
  ],
  [/^etcdctl endpoint health$/, 'asks an endpoint in the clear that wants TLS'],
  [/kubernetes\.default/, 'a name of the cluster, asked on a node outside a pod'],
  [/^(sudo )?docker (logs|inspect)/, 'the engine beside the cluster has no such container'],
]

const isListed = (table: readonly (readonly [RegExp, string])[], line: string): boolean =>
  table.some(([pattern]) => pattern.test(line))

describe('a healthy MKS world', () => {
  let world: World
  let fill: (run: string, where: string) => string
  beforeAll(async () => {
    world = openWorld()
    fill = await createFiller(world)
  })

  const ran = async ({ where, run }: InventoryCommand): Promise<LineResult & { readonly line: string }> => {
    const handle = where === 'control-plane' ? where : where === 'workstation' ? undefined : 'worker-1'
    const machine = handle === undefined ? world.home : (world.handles[handle] ?? world.home)
    const line = fill(run, where)
    return { line, ...(await shellAt(world, { machine, hasTerminal: false }).run(line, { limitMs: 15_000 })) }
  }

  const wanted = inventory.filter(
    ({ id, kind, run }) => /^[npb]-/.test(id) && kind !== 'change' && !run.includes(' ... '),
  )
  const commands = [...new Map(wanted.map(command => [`${command.where} ${command.run}`, command])).values()]

  it.each(commands)('answers $id: $run', async command => {
    const { line, stdout, stderr, exit } = await ran(command)
    const text = stdout + stderr
    expect(text).not.toMatch(
      /command not found|unknown (flag|command|shorthand)|not supported|invalid option|\bNaN\b|\bundefined\b/,
    )
    if (!isListed(silent, line)) expect(text.trim()).not.toBe('')
    if (isListed(failing, line)) return
    const { findings } = observe(knowledge, {
      command: line,
      stdout,
      stderr,
      outcome: { kind: 'exited', code: exit },
    })
    expect(findings.filter(({ severity }) => severity !== 'info').map(({ cause }) => cause)).toEqual([])
  })
})
