import type { Machine } from '../world/machine.ts'
import { filesystemOf } from './filesystem-use.ts'

/** The number of the inode of a file, by its path: the same wherever it is asked for. */
export const inodeNumberOf = (path: string): number => {
  let sum = 7
  for (const letter of path) sum = (sum * 31 + letter.charCodeAt(0)) % 3_900_000
  return sum + 11
}

/** What has no device of its own: a filesystem in memory, of a container, or over the network. */
const NAMELESS = { major: 0, minor: 45 } as const

/** The numbers of the device that a path lies on. */
export const deviceNumbersOf = (
  machine: Machine,
  path: string,
): { readonly major: number; readonly minor: number } => {
  const { device = '' } = filesystemOf(machine, path) ?? {}
  return machine.devices.find(({ name }) => device === `/dev/${name}`) ?? NAMELESS
}
