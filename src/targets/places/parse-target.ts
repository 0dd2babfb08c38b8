import { type Destination, formatDestination, parseDestination } from '../ssh/parse-destination.ts'

/** A machine that commands can be run on: this one, or one that ssh reaches. */
export type MachineTarget =
  | { readonly kind: 'local' }
  | { readonly kind: 'ssh'; readonly destination: Destination }

/** A pod by its name, its namespace and its container, where they are not the usual ones. */
export type PodName = {
  readonly name: string
  readonly namespace?: string
  readonly container?: string
}

/** What stands before `@` when commands run inside something on a machine: its planet container, or a pod that kubectl reaches from there. */
export type Inside = { readonly kind: 'planet' } | { readonly kind: 'pod'; readonly pod: PodName }

const SSH = 'ssh:'
const label = '[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?'
const podForm = new RegExp(`^pod:(?:(?<namespace>${label})/)?(?<name>${label})(?:/(?<container>${label}))?$`)

/** Reads `local` or `ssh:[user@]host[:port]`; `undefined` for anything else. */
export const parseMachineTarget = (text: string): MachineTarget | undefined => {
  if (text === 'local') return { kind: 'local' }
  const destination = text.startsWith(SSH) ? parseDestination(text.slice(SSH.length)) : undefined
  return destination === undefined ? undefined : { kind: 'ssh', destination }
}

/** The machine as it is written after `--target`. */
export const formatMachineTarget = (target: MachineTarget): string =>
  target.kind === 'local' ? 'local' : `${SSH}${formatDestination(target.destination)}`

/** Reads `planet` or `pod:[NAMESPACE/]NAME[/CONTAINER]`. Two names are a namespace and a pod. */
export const parseInside = (text: string): Inside | undefined => {
  if (text === 'planet') return { kind: 'planet' }
  const { name, namespace, container } = podForm.exec(text)?.groups ?? {}
  if (name === undefined) return undefined
  const pod = {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(container === undefined ? {} : { container }),
  }
  return { kind: 'pod', pod }
}

/** What is entered, as it is written before `@`. */
export const formatInside = (inside: Inside): string => {
  if (inside.kind === 'planet') return 'planet'
  const { namespace, name, container } = inside.pod
  return `pod:${[namespace, name, container].filter(part => part !== undefined).join('/')}`
}

/** A target taken apart: what commands run inside of, if anything, and the target that this is on. */
export type SplitTarget = { readonly inside: Inside | undefined; readonly on: string }

/** Takes `INSIDE@TARGET` apart; a target that names nothing to be inside of stays whole. */
export const splitTarget = (text: string): SplitTarget => {
  const at = text.indexOf('@')
  const inside = at < 0 ? undefined : parseInside(text.slice(0, at))
  return inside === undefined ? { inside: undefined, on: text } : { inside, on: text.slice(at + 1) }
}
