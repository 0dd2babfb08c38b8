const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** An amount of bytes as people say it, in powers of ten: `11 B`, `1.2 GB`. */
export const wordBytes = (bytes: number): string => {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const amount = bytes / 1000 ** power
  return `${power > 0 && amount < 99.95 ? amount.toFixed(1) : amount.toFixed(0)} ${units[power]}`
}
