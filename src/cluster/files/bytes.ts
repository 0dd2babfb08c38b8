/** Where bytes that are no text lie in a file's text: lone surrogates, which no text has, one a byte. */
const FIRST = 0xdc00

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** Bytes as the text of a file; such as are not UTF-8, as an archive's, come back from it as they were. */
export const textOfBytes = (bytes: Uint8Array): string => {
  try {
    return strict.decode(bytes)
  } catch {
    return Array.from(bytes, byte =>
      byte < 0x80 ? String.fromCharCode(byte) : String.fromCharCode(FIRST + byte),
    ).join('')
  }
}

/** Whether a text stands for bytes that are none. */
export const isBinary = (text: string): boolean => !text.isWellFormed() && /[\udc80-\udcff]/.test(text)

/** The bytes of a file's text. */
export const bytesOfText = (text: string): Uint8Array =>
  isBinary(text) ? Uint8Array.from(text, one => one.charCodeAt(0) & 0xff) : encoder.encode(text)
