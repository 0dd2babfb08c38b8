import type { Machine } from '../world/machine.ts'

const kibi = (bytes: number): number => Math.round(bytes / 1024)

/** The lines of /proc/swaps: a heading, then one a swap area. */
export const swapLines = ({ swap }: Pick<Machine, 'swap'>): readonly string[] => [
  'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority',
  ...swap.map(
    ({ file, sizeBytes, usedBytes }, at) =>
      `${file.padEnd(40)}${file.startsWith('/dev/') ? 'partition' : 'file\t'}\t${kibi(sizeBytes)}\t\t${kibi(usedBytes)}\t\t${-2 - at}`,
  ),
]
