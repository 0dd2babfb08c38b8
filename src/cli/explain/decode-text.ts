import { pipeline, Readable } from 'node:stream'
import { TextDecoder } from 'node:util'
import { createGunzip } from 'node:zlib'
import { createOutputCleaner } from '../../base/index.ts'

/** Thrown while reading when the bytes are no text. */
export class NotText extends Error {}

type Bytes = AsyncIterable<Uint8Array>

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte)

// PowerShell writes UTF-16 with a byte order mark when output is redirected to a file.
const encodingOf = (first: Uint8Array): string => {
  if (startsWith(first, 0xff, 0xfe)) return 'utf-16le'
  if (startsWith(first, 0xfe, 0xff)) return 'utf-16be'
  return 'utf-8'
}

const SNIFFED = 8192

const decoderFor = (first: Uint8Array): TextDecoder => {
  const encoding = encodingOf(first)
  if (encoding === 'utf-8' && first.subarray(0, SNIFFED).includes(0)) throw new NotText()
  return new TextDecoder(encoding)
}

async function* decode(bytes: Bytes): AsyncGenerator<string> {
  // Texts that were copied from a web page have such characters within words.
  const cleaner = createOutputCleaner('removed')
  let decoder: TextDecoder | undefined
  for await (const piece of bytes) {
    decoder ??= decoderFor(piece)
    yield cleaner.write(decoder.decode(piece, { stream: true }))
  }
  yield cleaner.write(decoder?.decode() ?? '') + cleaner.end()
}

async function* prepend(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}

// An error on the way ends the reading of what comes out, so there is nothing left to do about it here.
const unzip = (bytes: Bytes): Bytes => pipeline(Readable.from(bytes), createGunzip(), () => undefined)

/**
 * The text in a stream of bytes, piece by piece, cleaned of terminal escapes other than colour: UTF-8 with invalid bytes replaced,
 * UTF-16 with a byte order mark, either of them also compressed by gzip. Throws NotText for anything binary.
 */
export async function* decodeText(bytes: Bytes): AsyncGenerator<string> {
  const iterator = bytes[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done === true) return
  const whole = prepend(first.value, iterator)
  yield* decode(startsWith(first.value, 0x1f, 0x8b) ? unzip(whole) : whole)
}
