const units: Readonly<Record<string, number>> = { y: 31_536_000, d: 86_400, h: 3600, m: 60, s: 1 }

/** An age as kubectl prints it (`412d`, `3h25m`, `2y13d`, `45s`) in seconds; `undefined` when the text is none. */
export const parseAge = (text: string | undefined): number | undefined => {
  if (text === undefined || !/^(?:\d+[ydhms])+$/.test(text)) return undefined
  return [...text.matchAll(/(\d+)([ydhms])/g)].reduce(
    (seconds, [, count = '0', unit = 's']) => seconds + Number(count) * (units[unit] ?? 0),
    0,
  )
}
