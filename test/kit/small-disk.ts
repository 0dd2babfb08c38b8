import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { freshFolder } from './program.ts'

const mount = (folder: string, options: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0

/** Whether file systems can be mounted here, which takes root. */
export const canMount = ((): boolean => {
  const folder = freshFolder()
  const could = mount(folder, 'size=64k')
  if (could) execFileSync('umount', [folder])
  return could
})()

/** A small file system of its own. */
export type SmallDisk = {
  readonly folder: string
  /** Takes every byte that is left. */
  readonly fill: () => void
  /** Gives back what was taken. */
  readonly free: () => void
  readonly setReadOnly: (state: 'ro' | 'rw') => void
}

const writeUntilFull = (path: string): void => {
  const descriptor = openSync(path, 'w')
  const piece = Buffer.alloc(4096)
  try {
    for (;;) writeSync(descriptor, piece)
  } catch {
    // There is no room any more.
  } finally {
    closeSync(descriptor)
  }
}

/** Mounts a file system of so many kibibytes; it is gone after the test. */
export const mountSmallDisk = (kibibytes: number): SmallDisk => {
  const folder = join(freshFolder(), 'disk')
  mkdirSync(folder)
  mount(folder, `size=${kibibytes}k`)
  onTestFinished(() => void spawnSync('umount', ['-l', folder]))
  const filler = join(folder, 'filler')
  return {
    folder,
    fill: () => writeUntilFull(filler),
    free: () => rmSync(filler, { force: true }),
    setReadOnly: state => void execFileSync('mount', ['-o', `remount,${state}`, folder]),
  }
}
