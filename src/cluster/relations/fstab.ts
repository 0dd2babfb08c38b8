import { readText } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'

/** A line of fstab(5). */
export type FstabEntry = {
  readonly device: string
  readonly mount: string
  readonly type: string
  readonly options: readonly string[]
}

/** What a machine's fstab lists. */
export const readFstab = ({ files }: Machine): readonly FstabEntry[] =>
  (readText(files, '/etc/fstab') ?? '')
    .split('\n')
    .filter(line => /^\s*[^#\s]/.test(line))
    .map(line => {
      const [device = '', mount = '', type = '', options = 'defaults'] = line.trim().split(/\s+/)
      return { device, mount, type, options: options.split(',') }
    })
