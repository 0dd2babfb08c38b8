const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
}

/** The number of a Kubernetes quantity: `250m` is 0.25, `64Mi` is 67108864. 0 for what is none. */
export const numberOf = (quantity: string | number | undefined): number => {
  const read = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(String(quantity ?? ''))
  return read === null ? 0 : Number(read[1]) * (factors[read[2] ?? ''] ?? 0)
}

/** Cores in the form that `describe` gives: whole numbers, otherwise thousandths. */
export const coresText = (cores: number): string =>
  Number.isInteger(cores) ? String(cores) : `${Math.round(cores * 1000)}m`

/** Bytes in the largest binary unit that leaves a whole number. */
export const bytesText = (bytes: number): string => {
  if (bytes === 0) return '0'
  for (const unit of ['Ti', 'Gi', 'Mi', 'Ki'] as const)
    if (bytes % (factors[unit] ?? 1) === 0) return `${bytes / (factors[unit] ?? 1)}${unit}`
  return String(bytes)
}

const QUANTITY = /^[+-]?(\d+\.?\d*|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][-+]?\d+)?$/

/** Whether a text is an amount such as `100m` or `64Mi`. */
export const isQuantity = (text: string): boolean => QUANTITY.test(text)

/** What Kubernetes says of a text that is no amount. */
export const quantityText =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
