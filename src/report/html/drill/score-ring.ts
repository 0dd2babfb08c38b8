const RADIUS = 62
const SIDE = 152

const kindOf = (points: number): string => (points >= 75 ? 'good' : points >= 45 ? 'warn' : 'bad')

/** Points of a hundred as a ring that closes with the last of them. */
export const scoreRing = (points: number): string => {
  const round = 2 * Math.PI * RADIUS
  const middle = SIDE / 2
  const circle = `cx="${middle}" cy="${middle}" r="${RADIUS}"`
  const drawn = (round * points) / 100
  const arc =
    points === 0
      ? ''
      : `<circle class="points" ${circle} stroke-dasharray="${drawn.toFixed(1)} ${round.toFixed(1)}" transform="rotate(-90 ${middle} ${middle})"/>`
  return `<svg class="ring ${kindOf(points)}" role="img" aria-label="${points} of 100 points" viewBox="0 0 ${SIDE} ${SIDE}" width="${SIDE}" height="${SIDE}"><circle class="track" ${circle}/>${arc}<text class="figure" x="${middle}" y="${middle + 8}" text-anchor="middle">${points}</text><text class="small dim" x="${middle}" y="${middle + 28}" text-anchor="middle">of 100</text></svg>`
}
