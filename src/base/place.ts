/** The kinds of place where a runbook's command can run; a session maps each to a target. */
export const places = ['workstation', 'node', 'control-plane', 'worker', 'planet', 'pod'] as const

/** A kind of place, such as `node`, or a name that a prompt in the document gave, such as `node-1`. */
export type Place = string

/** Kinds of place that are one machine of a cluster, in whatever part it plays there. */
const machinePlaces: readonly Place[] = ['node', 'control-plane', 'worker']

/** Tells whether a place is a machine of a cluster, and not what runs on one or looks at it from outside. */
export const isMachinePlace = (place: Place): boolean => machinePlaces.includes(place)

/** Tells whether a word is one of the kinds of place that the runbook format knows. */
export const isPlaceKind = (word: string): boolean => (places as readonly string[]).includes(word)
