const powers = 'KMGTPEZY'

/** How the suffix of a size counts: `binary` K is 1024, `decimal` K is 1000. */
export type SizeBase = 'binary' | 'decimal'

const pattern = /^(-?\d+(?:[.,]\d+)?)\s*([KMGTPEZY]?)(i?)(?:B|bytes?)?$/i

/**
 * A size such as `12G`, `1,5T`, `93Mi`, `4.0 kB` or `512` in bytes; `undefined` when it is none. A plain number counts bytes.
 * An `i` behind the suffix always means powers of 1024.
 */
export const parseSize = (text: string, base: SizeBase = 'binary'): number | undefined => {
  const match = pattern.exec(text.trim())
  if (match === null) return undefined
  const [, digits = '', suffix = '', binaryMark = ''] = match
  const power = suffix === '' ? 0 : powers.indexOf(suffix.toUpperCase()) + 1
  const unit = binaryMark !== '' || base === 'binary' ? 1024 : 1000
  return Math.round(Number(digits.replace(',', '.')) * unit ** power)
}
