import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { dropCaches } from './drop-caches.ts'
import { memoryHolder } from './memory.ts'
import { setSysctl } from './sysctls.ts'

/** A parameter that a program sets. */
type SysctlOrder = {
  readonly key: string
  readonly value: string
  readonly program: string
  readonly pid: number
}

/** The parameter that lets the kernel give back what it keeps of files. */
const DROP_KEY = 'vm.drop_caches'

/** Sets a parameter because a program asks for it, and does at once what some of them ask for; the errno's text where the kernel would not take it. */
export const orderSysctl = (
  world: World,
  machine: Machine,
  { key, value, program, pid }: SysctlOrder,
): string | undefined => {
  const problem = setSysctl(machine, key, value)
  if (problem === undefined && key === DROP_KEY)
    dropCaches(world, memoryHolder(machine), { value, program, pid })
  return problem
}
