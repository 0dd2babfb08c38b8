import { deserialize, serialize } from 'node:v8'

/** A text that something is made of: what that is depends on its kind, and may depend on its name. */
export type SourceText = {
  readonly kind: 'runbook' | 'causes' | 'drill'
  readonly name: string
  readonly bytes: Buffer
  /** Decoded when it is asked for: where what is made of it is at hand, nobody does. */
  readonly text: string
}

/** A text by the bytes of its file; what is no UTF-8 is replaced. */
export const sourceText = (kind: SourceText['kind'], name: string, bytes: Buffer): SourceText => ({
  kind,
  name,
  bytes,
  get text() {
    return bytes.toString('utf8')
  },
})

/** What was made of texts, each read from its bytes when it is asked for. */
export type Pack = { readonly get: (source: SourceText) => unknown }

/** Where the bytes of a text and of what was made of it lie: the text from `start` on, the value from `made` up to `end`. */
type Place = { readonly start: number; readonly made: number; readonly end: number }

const HEAD_BYTES = 4

/** SHA-256 of a text as hexadecimal digits. The engine's cryptography is loaded with the first one. */
export const digestOf = (text: string): string =>
  process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex')

const keyOf = ({ kind, name }: SourceText): string => `${kind}/${name}`

/** Puts together what was made of texts: the length of the table, the table of places, then each text with its value; tables and values in V8's own format. */
export const packValues = (values: ReadonlyMap<SourceText, unknown>): Uint8Array => {
  const parts: Uint8Array[] = []
  const places = new Map<string, Place>()
  let start = 0
  for (const [source, value] of values) {
    const part = serialize(value)
    const made = start + source.bytes.length
    const end = made + part.length
    places.set(keyOf(source), { start, made, end })
    parts.push(source.bytes, part)
    start = end
  }
  const table = serialize(places)
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt32LE(table.length)
  return Buffer.concat([head, table, ...parts])
}

/** Gives the bytes of a pack from one offset up to another. */
export type ReadBytes = (start: number, end: number) => Buffer

/** Opens what `packValues` made; of the values only those that are asked for are read. For a text that it was not made of it gives `undefined`; bytes that are damaged throw. */
export const openPack = (read: ReadBytes): Pack => {
  const valuesAt = HEAD_BYTES + read(0, HEAD_BYTES).readUInt32LE(0)
  const places: ReadonlyMap<string, Place> = deserialize(read(HEAD_BYTES, valuesAt))
  return {
    get: source => {
      const place = places.get(keyOf(source))
      if (place === undefined || place.made - place.start !== source.bytes.length) return undefined
      const [start, made, end] = [valuesAt + place.start, valuesAt + place.made, valuesAt + place.end]
      return read(start, made).equals(source.bytes) ? deserialize(read(made, end)) : undefined
    },
  }
}
