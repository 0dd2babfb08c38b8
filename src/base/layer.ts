/** The layers of a cluster, outermost first: what is seen first stands first. */
export const layers = ['app', 'kubernetes', 'control-plane', 'node', 'infra', 'orchestration'] as const

/** One layer of the ladder that a triage climbs down. */
export type Layer = (typeof layers)[number]

/** Tells whether a word names a layer. */
export const isLayer = (word: string): word is Layer => (layers as readonly string[]).includes(word)
