/** How far a rate of one second is from that of a longer time. */
const SWAY = 0.11

/** A rate as it is in one of several seconds, by their number: now above what it is on the average, now below. */
export const swayed = (rate: number, second: number): number => rate * (1 + SWAY * Math.sin(second * 2.4))
