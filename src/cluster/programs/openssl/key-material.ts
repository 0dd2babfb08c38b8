/** Bytes that stay the same for a text: keys and signatures of the simulation have no others. */
export const bytesFor = (text: string, count: number): readonly number[] => {
  let state = 0x811c9dc5
  for (const character of text) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193) >>> 0
  return Array.from({ length: count }, (_, index) => {
    state = Math.imul(state ^ (index + 0x9e37), 0x85ebca6b) >>> 0
    return (state >>> 13) & 0xff
  })
}

/** Two hexadecimal digits a byte. */
export const hexOf = (bytes: readonly number[]): string =>
  bytes.map(byte => byte.toString(16).padStart(2, '0')).join('')

const MODULUS_BYTES = 256

/** The modulus of a key, in hexadecimal capitals as `-modulus` prints it: equal for a certificate and its key. */
export const modulusOf = (keyId: string): string => {
  const [first = 0, ...rest] = bytesFor(`modulus-${keyId}`, MODULUS_BYTES)
  return hexOf([first | 0x80, ...rest]).toUpperCase()
}

/** Bytes in rows with colons, as `-text` prints them. */
export const colonRows = (bytes: readonly number[], perRow: number): readonly string[] => {
  const rows: string[] = []
  for (let at = 0; at < bytes.length; at += perRow) {
    const row = bytes.slice(at, at + perRow).map(byte => byte.toString(16).padStart(2, '0'))
    rows.push(row.join(':') + (at + perRow < bytes.length ? ':' : ''))
  }
  return rows
}

/** An identifier in capitals with colons, as the extensions show it. */
export const keyIdentifier = (keyId: string): string =>
  bytesFor(`identifier-${keyId}`, 20)
    .map(byte => byte.toString(16).padStart(2, '0').toUpperCase())
    .join(':')
