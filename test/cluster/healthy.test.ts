import { beforeAll, describe, expect, it } from 'vitest'
import { type LineResult, shellAt, type World } from '../../src/cluster/index.ts'
import { bundledKnowledge, observe } from '../diagnosis/observe.ts'
import { factless, failing, silent } from './healthy-exceptions.ts'
import { type InventoryCommand, inventory } from './inventory.ts'
import { openWorld } from './kit.ts'
import { createFiller } from './placeholders.ts'

const knowledge = bundledKnowledge()

/** What the documents have set in the shell before they ask etcd. */
const etcdVariables =
  'export ETCDCTL_API=3 ETCDCTL_CACERT=/etc/kubernetes/pki/etcd/ca.crt ETCDCTL_CERT=/etc/kubernetes/pki/etcd/server.crt ETCDCTL_KEY=/etc/kubernetes/pki/etcd/server.key'

describe('a healthy MKS world', () => {
  let world: World
  let fill: (run: string, where: string) => string
  beforeAll(async () => {
    world = openWorld()
    fill = await createFiller(world)
  })

  const ran = async ({ where, run }: InventoryCommand): Promise<LineResult & { readonly line: string }> => {
    const handle =
      where === 'control-plane' ? where : where === 'node' || where === 'worker' ? 'worker-1' : ''
    const machine = world.handles[handle] ?? world.home
    const line = fill(run, where)
    const shell = shellAt(world, { machine, hasTerminal: false })
    if (/\betcdctl\b/.test(line)) await shell.run(etcdVariables)
    const typed = where === 'pod' ? `kubectl -n shop exec deploy/worker -- ${line}` : line
    // A follower in a pod is shown when it ends, and nobody there stops it sooner.
    const limitMs = where === 'pod' ? 150_000 : 15_000
    return { line, ...(await shell.run(typed, { limitMs })) }
  }

  const wanted = inventory.filter(
    ({ id, kind, run }) => /^[npb]-/.test(id) && kind !== 'change' && !run.includes(' ... '),
  )
  const commands = [...new Map(wanted.map(command => [`${command.where} ${command.run}`, command])).values()]

  it.each(commands)('answers $id: $run', async command => {
    const { id } = command
    const { line, stdout, stderr, exit } = await ran(command)
    const text = stdout + stderr
    expect(text).not.toMatch(
      /command not found|unknown (flag|command|shorthand)|not supported|invalid option|\bNaN\b|\bundefined\b/,
    )
    const { facts, findings } = observe(knowledge, {
      command: line,
      stdout,
      stderr,
      outcome: { kind: 'exited', code: exit },
    })
    expect({ id, isSilent: text.trim() === '' }).toEqual({ id, isSilent: Object.hasOwn(silent, id) })
    if (Object.hasOwn(silent, id)) return
    const isFactless = Object.hasOwn(factless, id)
    expect({ id, isFactless: Object.keys(facts).length === 0 }).toEqual({ id, isFactless })
    if (Object.hasOwn(failing, id)) return
    expect(findings.map(({ cause }) => cause)).toEqual([])
  })

  it('excuses only commands that the documents have', () => {
    const ids = new Set(commands.map(({ id }) => id))
    const excused = [silent, factless, failing].flatMap(table => Object.keys(table))
    expect(excused.filter(id => !ids.has(id))).toEqual([])
  })
})
