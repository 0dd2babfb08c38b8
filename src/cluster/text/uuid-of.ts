/** An id of 32 hexadecimal digits with the four hyphens of RFC 4122. */
export const uuidOf = (id: string): string =>
  [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-')
