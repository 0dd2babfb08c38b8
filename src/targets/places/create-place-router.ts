import { notStarted } from '../local/word-outcome.ts'
import type { Executor } from '../types.ts'
import { enterExecutor } from './enter-executor.ts'
import { splitTarget } from './parse-target.ts'

/** What a router sends commands to. */
export type RouterSetup = {
  /** Takes every request that names no other target. */
  readonly home: Executor
  /** Makes the executor of a target by the name that it has after `--target`; `undefined` for a name that leads nowhere. */
  readonly open: (target: string) => Executor | undefined
}

/**
 * One executor over many: each request goes to the target that it names, opened when it is first needed and kept, so that each has
 * its own working directory and variables.
 */
export const createPlaceRouter = ({ home, open }: RouterSetup): Executor => {
  const executors = new Map<string, Executor>([[home.target.name, home]])

  const openInside = (target: string): Executor | undefined => {
    const { inside, on } = splitTarget(target)
    if (inside === undefined) return open(target)
    const machine = find(on)
    return machine === undefined ? undefined : enterExecutor(machine, { inside, name: target })
  }
  const find = (target: string): Executor | undefined => {
    const executor = executors.get(target) ?? openInside(target)
    if (executor !== undefined) executors.set(target, executor)
    return executor
  }

  return {
    target: home.target,
    ...(home.hostOf === undefined ? {} : { hostOf: home.hostOf }),
    run: async (request, sink, signal) => {
      const name = request.target ?? home.target.name
      const executor = find(name)
      return executor === undefined
        ? notStarted(
            'refused',
            `This version cannot reach the target "${name}". Map the place to another one.`,
          )
        : executor.run(request, sink, signal)
    },
    close: async () => {
      await Promise.all([...executors.values()].map(executor => executor.close()))
    },
  }
}
