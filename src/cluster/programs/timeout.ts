import { everywhere, type Program } from '../shell/program.ts'

const unitsMs: Readonly<Record<string, number>> = {
  '': 1000,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

const durationMs = (text: string | undefined): number | undefined => {
  const read = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text ?? '')
  return read === null ? undefined : Number(read[1]) * (unitsMs[read[2] ?? ''] ?? 1000)
}

const withoutOptions = (args: readonly string[]): readonly string[] => {
  let at = 0
  while (args[at]?.startsWith('-') === true) at += args[at] === '-k' || args[at] === '-s' ? 2 : 1
  return args.slice(at)
}

/** timeout(1): stops a command after simulated time, status 124. */
export const timeout: Program = {
  names: ['timeout'],
  isInstalled: everywhere,
  run: async ({ args, stdin, passage, world }) => {
    const [text, ...words] = withoutOptions(args)
    const limitMs = durationMs(text)
    if (limitMs === undefined)
      return {
        stderr: `timeout: invalid time interval ‘${text ?? ''}’\nTry 'timeout --help' for more information.\n`,
        exit: 125,
      }
    if (words.length === 0) return { stderr: 'timeout: missing operand\n', exit: 125 }
    const deadlineMs = world.nowMs + limitMs
    const reply = await passage.untilDeadline(deadlineMs, () => passage.runHere(words, { stdin }))
    return { ...reply, exit: world.nowMs >= deadlineMs ? 124 : (reply.exit ?? 0), tookMs: 0 }
  },
}
