import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { createOutputCleaner, type StreamName } from '../../base/index.ts'
import type { OutputSink } from '../types.ts'

/** A stream on its way to a sink. */
export type Relay = {
  /** Resolves when the stream has ended by itself and all of it was given. */
  readonly ended: Promise<void>
  /** Gives what was held back and nothing more; the stream goes on unheard. */
  readonly finish: () => void
  /** Lets go of the stream and gives what was held back of it. */
  readonly letGo: () => void
}

/** What to relay, and where. */
export type RelaySource = {
  readonly reader: Readable
  readonly stream: StreamName
  readonly sink: OutputSink
}

// A line that stands unfinished this long is shown: it may be a question, or a progress bar.
const IDLE_MS = 200

/**
 * Gives a program's output to a sink as it comes: decoded, cleaned, in whole lines where it can. The sink is called while the
 * stream is read, so a slow sink slows the program and nothing piles up.
 */
export const relayOutput = ({ reader, stream, sink }: RelaySource): Relay => {
  const decoder = new StringDecoder('utf8')
  const cleaner = createOutputCleaner()
  const ended = Promise.withResolvers<void>()
  const give = (text: string): void => {
    if (text !== '') sink({ stream, text })
  }
  const idle = setTimeout(() => give(cleaner.release()), IDLE_MS)
  let isOver = false
  const finish = (): void => {
    if (isOver) return
    isOver = true
    clearTimeout(idle)
    give(cleaner.write(decoder.end()) + cleaner.end())
  }
  reader.on('data', (bytes: Buffer) => {
    if (isOver) return
    give(cleaner.write(decoder.write(bytes)))
    idle.refresh()
  })
  reader.on('end', () => {
    finish()
    ended.resolve()
  })
  // A read error tells no more than the end of the output does.
  reader.on('error', finish)
  return {
    ended: ended.promise,
    finish,
    letGo: () => {
      finish()
      reader.destroy()
    },
  }
}
