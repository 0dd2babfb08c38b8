import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { execaSync } from 'execa'
import { openPipe, type Pipe } from './open-pipe.ts'

/** A pipe and the way to say that it was read to its end, so that it holds nothing of anyone and can serve again. */
export type SuppliedPipe = Pipe & { readonly giveBack: () => void }

/** Gives named pipes; `undefined` when none can be made. */
export type PipeSupply = () => SuppliedPipe | undefined

/** Supplies pipes kept in a folder. Making one takes a program, so those that were read to their end are used again. */
export const createPipeSupply = (folder: string): PipeSupply => {
  const spare: string[] = []
  const make = (): string => {
    const path = join(folder, `pipe-${randomUUID()}`)
    execaSync('mkfifo', ['-m', '600', path])
    return path
  }
  return () => {
    try {
      const path = spare.pop() ?? make()
      return { ...openPipe(path), giveBack: () => void spare.push(path) }
    } catch {
      return undefined
    }
  }
}
