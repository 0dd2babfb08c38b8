/** A number of pods, or a percentage of all rounded. */
export const shareOf = (value: string | number, of: number, round: (n: number) => number): number =>
  typeof value === 'number' ? value : round((Number.parseInt(value, 10) / 100) * of)
