import { shownMs } from '../../relations/clock.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { withReasons } from './text-tools.ts'

/** How many values follow an option. */
const valued: Readonly<Record<string, number>> = {
  '--arg': 2,
  '--argjson': 2,
  '--rawfile': 2,
  '--slurpfile': 2,
  '--indent': 1,
}

const filterAt = (args: readonly string[]): number => {
  let at = 0
  while (args[at]?.startsWith('-') === true) at += 1 + (valued[args[at] ?? ''] ?? 0)
  return at
}

/** A filter with a time in the place of `now`, which in a string counts only where the string has a filter within. */
const withClock = (filter: string, now: string): string =>
  filter.replace(/"(?:\\[\s\S]|[^"\\])*"|(?<![\w.$@])now(?!\s*:|\w)/g, token =>
    token === 'now' ? now : token.replace(/\\\((?:[^()]|\([^()]*\))*\)/g, within => withClock(within, now)),
  )

/** jq(1): the shell's own, whose clock is not the machine's. */
export const jq: Program = {
  names: ['jq'],
  isInstalled: everywhere,
  run: async (call): Promise<Reply> => {
    const { args, passage, machine, world } = call
    const now = String(shownMs(machine, world.nowMs) / 1000)
    const at = filterAt(args)
    const reply = await passage.original(args.map((arg, index) => (index === at ? withClock(arg, now) : arg)))
    return { ...reply, stderr: withReasons(call, reply.stderr ?? '') }
  },
}
