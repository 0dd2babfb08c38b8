import type { Benchmark, Figure } from './figure.ts'
import { spreadOf } from './interleave.ts'
import { runtree } from './program.ts'
import { type ProcessCost, runForCost } from './run-process.ts'

/** One drill of each world. */
const drills = ['api-port-rejected', 'k3s-haproxy-port', 'gravity-clock'] as const

const LIMIT_MS = 2_000

const figuresOf = (drill: string, costs: readonly ProcessCost[]): readonly Figure[] => {
  const name = `auto start-here --target sim:${drill}`
  const cpu = costs.flatMap(({ cpuMs }) => (cpuMs === undefined ? [] : [cpuMs]))
  return [
    { name, unit: 'ms', spread: spreadOf(costs.map(({ ms }) => ms)), limit: LIMIT_MS },
    ...(cpu.length === 0
      ? []
      : [{ name: `${name}, processor time`, unit: 'ms' as const, spread: spreadOf(cpu) }]),
  ]
}

/** The autopilot on drills, whole process: building the world, breaking it, half an hour of its time, the walk. */
export const autoDrill: Benchmark = {
  rounds: 10,
  shortRounds: 2,
  run: rounds => {
    const costs = new Map<string, ProcessCost[]>(drills.map(drill => [drill, []]))
    for (let round = 0; round <= rounds; round += 1)
      for (const drill of drills) {
        const cost = runForCost([...runtree, 'auto', 'start-here', '--target', `sim:${drill}`])
        if (round > 0) costs.get(drill)?.push(cost)
      }
    return { figures: [...costs].flatMap(([drill, of]) => figuresOf(drill, of)), skipped: [] }
  },
}
