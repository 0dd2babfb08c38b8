import { freshFolder, runProgram } from './program.ts'

/** What the program prints when lines are typed, and `q`, in linear text at a step; the kubelet of the simulated node has stopped. */
export const plainWalk = (at: string, ...typed: readonly string[]): string =>
  runProgram(
    ['open', at, '--plain', '--target', 'sim:kubelet-stopped', '--state-dir', freshFolder()],
    `${typed.join('\n')}\nq\n`,
  ).stdout
