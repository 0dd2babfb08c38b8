import { Transform } from 'node:stream'

/** One of a command's streams, taken out of what its channel gives. */
export type FramedStream = {
  /** Takes what the channel gives, and gives what the command wrote. */
  readonly stream: Transform
  /** Resolves with the reported status once the stream has come to its end mark. */
  readonly status: Promise<string>
  /** Resolves when the channel is free for another request. */
  readonly ready: Promise<void>
  readonly hasBegun: () => boolean
  /** What came before the stream began: what start files print, or why it never began. */
  readonly preface: () => string
}

const PREFACE_BYTES = 4096
const NEWLINE = 0x0a

/** How many bytes at the end could be the beginning of a mark, which holds NUL only as its first byte. */
const openEnd = (bytes: Buffer, mark: Buffer): number => {
  const at = bytes.lastIndexOf(0)
  if (at < 0 || bytes.length - at >= mark.length) return 0
  const tail = bytes.subarray(at)
  return tail.equals(mark.subarray(0, tail.length)) ? tail.length : 0
}

/** Creates the way of one stream out of its frame; `run-script.ts` says what the marks are. */
export const createFramedStream = (nonce: string): FramedStream => {
  const begin = Buffer.from(`\0${nonce} begin\n`)
  const end = Buffer.from(`\0${nonce} end `)
  const readyMark = Buffer.from(`\0${nonce} ready\n`)
  const ready = Promise.withResolvers<void>()
  const status = Promise.withResolvers<string>()
  let held: Buffer = Buffer.alloc(0)
  let preface = ''
  let state: 'before' | 'inside' | 'over' = 'before'

  const enter = (): void => {
    const at = held.indexOf(begin)
    preface = held.subarray(0, at < 0 ? PREFACE_BYTES : Math.min(at, PREFACE_BYTES)).toString('utf8')
    if (at < 0) return
    held = held.subarray(at + begin.length)
    state = 'inside'
  }
  const pass = (stream: Transform): void => {
    const at = held.indexOf(end)
    const newline = at < 0 ? -1 : held.indexOf(NEWLINE, at + end.length)
    const cut = at < 0 ? held.length - openEnd(held, end) : at
    if (cut > 0) stream.push(held.subarray(0, cut))
    if (newline >= 0) {
      state = 'over'
      status.resolve(held.subarray(at + end.length, newline).toString('latin1'))
      stream.push(null)
    }
    held = held.subarray(newline >= 0 ? newline + 1 : cut)
  }
  const seek = (): void => {
    if (held.includes(readyMark)) ready.resolve()
    held = held.subarray(-readyMark.length)
  }

  const stream = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      if (state === 'before') enter()
      if (state === 'inside') pass(stream)
      if (state === 'over') seek()
      done()
    },
    flush: done => {
      if (state === 'inside') stream.push(held)
      done()
    },
  })
  return {
    stream,
    status: status.promise,
    ready: ready.promise,
    hasBegun: () => state !== 'before',
    preface: () => preface,
  }
}
