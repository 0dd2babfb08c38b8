import { classify } from '../../shell/index.ts'
import type { Tree } from '../../tree/index.ts'

/** What a shell does by itself, and so is on every target that commands run on at all. */
const builtins: ReadonlySet<string> = new Set(
  'alias bg break cd command continue declare echo eval exec exit export false fg function hash jobs kill let local printf pwd read return set shift source test time times trap true type ulimit umask unalias unset wait . : [ [['.split(
    ' ',
  ),
)

const isTool = (name: string): boolean => /^[\w.+-]+$/.test(name) && !builtins.has(name)

/** The tools that a runbook says it requires; those that its commands call where it says nothing. Each once, in order. */
export const requiredTools = ({ requires, steps }: Tree): readonly string[] => {
  if (requires.length > 0) return [...new Set(requires)]
  const stages = steps.flatMap(({ commands }) => commands.flatMap(({ run }) => classify(run).stages))
  return [...new Set(stages.map(({ argv0 }) => argv0).filter(isTool))]
}
