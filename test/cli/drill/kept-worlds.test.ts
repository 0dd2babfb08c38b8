import { deepStrictEqual } from 'node:assert'
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { drillSeed } from '../../../src/cli/drill/drill-seed.ts'
import { loadDrill } from '../../../src/cli/drill/drills.ts'
import { keptWorld, MOST_KEPT } from '../../../src/cli/drill/kept-worlds.ts'
import { buildWorld, type World, worldNames } from '../../../src/cluster/index.ts'

const drill = loadDrill('api-port-rejected')
const seed = drillSeed(3)
let folder = ''
let made = 0

const maker = (name: World['name']) => async (): Promise<World> => {
  made += 1
  return buildWorld(name, seed)
}
const open = (name: World['name'] = 'mks', at = seed): Promise<World> =>
  keptWorld(drill, at, { folder, make: maker(name) })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runtree-kept-'))
  made = 0
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test.each(worldNames)('a world of %s that was kept equals the one that was made', async name => {
  const first = await open(name)
  deepStrictEqual(await open(name), first)
  expect(made).toBe(1)
})

test('what a trainee does to a world does not reach the kept one', async () => {
  const first = await open()
  first.nowMs += 1
  expect((await open()).nowMs).toBe(first.nowMs - 1)
})

test('another seed has a world of its own', async () => {
  await open()
  await open('mks', drillSeed(4))
  expect(made).toBe(2)
})

test('a damaged file is made anew', async () => {
  const first = await open()
  const [file = ''] = readdirSync(folder)
  writeFileSync(join(folder, file), 'not a world')
  deepStrictEqual(await open(), first)
  expect(made).toBe(2)
})

test('of many worlds the oldest make room', async () => {
  for (let n = 0; n < MOST_KEPT + 3; n++) {
    const path = join(folder, `old-${n}.bin`)
    writeFileSync(path, '')
    utimesSync(path, 1_000_000 + n, 1_000_000 + n)
  }
  await open()
  const left = readdirSync(folder)
  expect(left).toHaveLength(MOST_KEPT)
  expect(left.filter(name => ['old-0.bin', 'old-3.bin'].includes(name))).toEqual([])
  expect(left).toContain('old-4.bin')
  await open()
  expect(made).toBe(1)
})

test('without the folder nothing is written', async () => {
  rmSync(folder, { recursive: true })
  await open()
  await open()
  expect(made).toBe(2)
})

test.each(worldNames)('in another run of the program a kept world of %s answers as it did', async name => {
  const ask = async (cluster: typeof import('../../../src/cluster/index.ts'), world: World) => {
    const said = []
    for (const { name: machine } of [...world.machines.values()].slice(0, 2))
      for (const line of ['kubectl get nodes', 'ss -tln', 'systemctl --failed'])
        said.push(await cluster.shellAt(world, { machine, hasTerminal: false }).run(line))
    return said
  }
  const here = await ask(await import('../../../src/cluster/index.ts'), await open(name))
  vi.resetModules()
  const anew = await import('../../../src/cli/drill/kept-worlds.ts')
  const world = await anew.keptWorld(drill, seed, { folder, make: maker(name) })
  expect(made).toBe(1)
  expect(await ask(await import('../../../src/cluster/index.ts'), world)).toEqual(here)
})
