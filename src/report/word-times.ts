/** An instant as people write it, in UTC: `2026-11-21 10:20:30`. */
export const wordInstant = (at: string): string => at.slice(0, 19).replace('T', ' ')

/** A span of time in the two largest units that say something: `1 h 5 min`, `12 s`, `0.3 s`. */
export const wordSpan = (seconds: number): string => {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 59.5) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** How long it took from one instant to another. */
export const wordBetween = (from: string, to: string): string =>
  wordSpan(Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000))

/** A time since the beginning as minutes and seconds: `3:07`. */
export const wordClock = (seconds: number): string => {
  const whole = Math.floor(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
