import { closeSync } from 'node:fs'
import type { Readable } from 'node:stream'
import type { StreamName } from '../../base/index.ts'
import type { OutputSink } from '../types.ts'
import type { PipeSupply } from './pipe-supply.ts'
import { type Relay, relayOutput } from './relay-output.ts'

/** Where a program's stream comes out. */
export type Outlet = {
  /** What the program is started with: a descriptor, or Node's own pipe where no other can be made. */
  readonly stdio: 3 | 'pipe'
  /** Begins to relay once the program runs; `own` is the stream that Node made, if it did. */
  readonly relayTo: (sink: OutputSink, own: Readable | null) => Relay | undefined
  /** Lets go of a pipe that no program came to use. */
  readonly abandon: () => void
}

/** Prepares the way of one output stream out of a program. */
export const openOutlet = (stream: StreamName, supply: PipeSupply): Outlet => {
  const pipe = supply()
  const closeWriteEnd = (): void => {
    if (pipe !== undefined) closeSync(pipe.writeEnd)
  }
  // Execa hands on any descriptor, but its types know only those up to 9.
  const writeEnd = pipe?.writeEnd as 3 | undefined
  return {
    stdio: writeEnd ?? 'pipe',
    relayTo: (sink, own) => {
      closeWriteEnd()
      const reader = pipe?.reader ?? own
      if (reader === null) return undefined
      const relay = relayOutput({ reader, stream, sink })
      void relay.ended.then(pipe?.giveBack)
      return relay
    },
    abandon: () => {
      closeWriteEnd()
      pipe?.reader.destroy()
    },
  }
}
