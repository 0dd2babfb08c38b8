import type { ResolvedCommandContext } from 'just-bash/browser'

/** What the arguments of a command give that stand for the output of another: `<(…)`, which the shell hands over as a path. */
export const pipesIn = async (
  args: readonly string[],
  { fs }: Pick<ResolvedCommandContext, 'fs'>,
): Promise<ReadonlyMap<string, string>> => {
  const paths = args.filter(arg => /^\/dev\/fd\/\d+$/.test(arg))
  const texts = await Promise.all(paths.map(async path => [path, await fs.readFile(path)] as const))
  return new Map(texts)
}
