const BITS = 32
const BLOCK_BYTES = 64
const ROUNDS = 64
const WHOLE = 2 ** BITS

const isPrime = (number: number): boolean => {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return false
  return true
}

const primes = (count: number): readonly number[] => {
  const found: number[] = []
  for (let number = 2; found.length < count; number += 1) if (isPrime(number)) found.push(number)
  return found
}

/** The first bits behind the point of the roots of primes. */
const rootsOf = (count: number, power: number): readonly number[] =>
  primes(count).map(prime => ((prime ** power % 1) * WHOLE) >>> 0)

const SQUARES = rootsOf(8, 1 / 2)
const CUBES = rootsOf(ROUNDS, 1 / 3)

const turn = (word: number, by: number): number => (word >>> by) | (word << (BITS - by))

/** The bytes with their ending: a bit, zeros, and how many bits there are. */
const padded = (bytes: Uint8Array): DataView => {
  const blocks = Math.ceil((bytes.length + 9) / BLOCK_BYTES)
  const whole = new Uint8Array(blocks * BLOCK_BYTES)
  whole.set(bytes)
  whole[bytes.length] = 0x80
  const view = new DataView(whole.buffer)
  view.setUint32(whole.length - 4, bytes.length * 8)
  return view
}

const scheduleOf = (view: DataView, start: number): readonly number[] => {
  const words = Array.from({ length: 16 }, (_, index) => view.getUint32(start + index * 4))
  for (let at = 16; at < ROUNDS; at += 1) {
    const [a = 0, b = 0, c = 0, d = 0] = [words[at - 15], words[at - 2], words[at - 16], words[at - 7]]
    const low = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)
    const high = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10)
    words.push((c + low + d + high) >>> 0)
  }
  return words
}

const compress = (state: readonly number[], words: readonly number[]): readonly number[] => {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let at = 0; at < ROUNDS; at += 1) {
    const high = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)
    const first = (h + high + ((e & f) ^ (~e & g)) + (CUBES[at] ?? 0) + (words[at] ?? 0)) >>> 0
    const low = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)
    const second = (low + ((a & b) ^ (a & c) ^ (b & c))) >>> 0
    h = g
    g = f
    f = e
    e = (d + first) >>> 0
    d = c
    c = b
    b = a
    a = (first + second) >>> 0
  }
  return [a, b, c, d, e, f, g, h].map((word, index) => (word + (state[index] ?? 0)) >>> 0)
}

/** The SHA-256 digest of a text, byte by byte. */
export const sha256 = (text: string): readonly number[] => {
  const view = padded(new TextEncoder().encode(text))
  let state = SQUARES
  for (let start = 0; start < view.byteLength; start += BLOCK_BYTES)
    state = compress(state, scheduleOf(view, start))
  return state.flatMap(word => [word >>> 24, (word >>> 16) & 0xff, (word >>> 8) & 0xff, word & 0xff])
}
