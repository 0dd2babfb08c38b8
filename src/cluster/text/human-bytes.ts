/** Bytes as df -h, du -h and ls -h write them: rounded up, one decimal below ten: `9.8G`, `14G`, `4.0K`, `0`. */
export const humanBytes = (bytes: number): string => {
  if (bytes < 1024) return String(Math.ceil(bytes))
  let value = bytes
  for (const unit of ['K', 'M', 'G', 'T', 'P']) {
    value /= 1024
    const small = Math.ceil(value * 10) / 10
    if (small < 10) return `${small.toFixed(1)}${unit}`
    if (Math.ceil(value) < 1024) return `${Math.ceil(value)}${unit}`
  }
  return `${Math.ceil(value)}P`
}

/** Bytes in the largest unit of which there is one at least. */
const inUnit = (bytes: number): { readonly value: number; readonly unit: string } => {
  let value = bytes
  let unit = ''
  for (const next of ['K', 'M', 'G', 'T']) {
    if (value < 1024) break
    value /= 1024
    unit = next
  }
  return { value, unit }
}

/** Bytes as free -h writes them: `15Gi`, `1.0Gi`, `512Mi`. */
export const freeBytes = (bytes: number): string => {
  const { value, unit } = inUnit(bytes)
  if (unit === '') return `${Math.round(value)}B`
  return value < 9.95 ? `${value.toFixed(1)}${unit}i` : `${Math.floor(value)}${unit}i`
}

/** Bytes as swapon writes them: one decimal, rounded, and none where it is nothing: `64M`, `1.5G`. */
export const swapBytes = (bytes: number): string => {
  const { value, unit } = inUnit(bytes)
  return `${Math.round(value * 10) / 10}${unit || 'B'}`
}
