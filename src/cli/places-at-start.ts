import { hostname } from 'node:os'
import { isMachinePlace, type Place } from '../base/index.ts'
import type { Library, Machine, SessionHeader } from '../session/index.ts'
import { listSshHosts, nameTarget } from '../targets/index.ts'
import type { Workbench } from './compose-session.ts'
import type { SessionSettings } from './session-settings.ts'
import { UserError } from './user-error.ts'

type Home = Pick<SessionHeader, 'target' | 'host'>

/** Reads where a place is, beside the session's own target; `undefined` for a text that names no target. */
export const readMachine = (place: Place, text: string, { target, host }: Home): Machine | undefined =>
  nameTarget(place, text, { home: { target, host }, localHost: hostname() })

/** The targets that the operator's ssh configuration names. */
export const knownTargets = (): readonly string[] => listSshHosts(process.env.HOME).map(host => `ssh:${host}`)

/** The places that the command line maps; a UserError names a target that there is not. */
export const placesGiven = (
  { places }: Pick<SessionSettings, 'places'>,
  home: Home,
): readonly (readonly [Place, Machine])[] =>
  [...places].map(([place, text]) => {
    const machine = readMachine(place, text, home)
    if (machine !== undefined) return [place, machine]
    throw new UserError({
      code: 'E_CLI_PLACE',
      message: `--place ${place}=${text} names no target that this version can reach.`,
      hint: 'Use local, ssh:[user@]host[:port], planet, or pod:[NAMESPACE/]NAME[/CONTAINER].',
    })
  })

const placesOf = ({ trees }: Library): ReadonlySet<Place> =>
  new Set(
    [...trees.values()].flatMap(tree =>
      tree.steps.flatMap(step => step.commands.flatMap(({ place }) => (place === undefined ? [] : [place]))),
    ),
  )

/**
 * Where the places are as a session begins: as the command line says; the planet container on the session's own target, if that is a
 * node; and where nobody can be asked, every machine of the cluster is that target too.
 */
export const placesAtStart = (
  { settings, context, isUnattended }: Workbench,
  header: SessionHeader,
): readonly (readonly [Place, Machine])[] => {
  const given = placesGiven(settings, header)
  const home = header.place ?? 'node'
  if (header.reach !== 'machine' || !(isMachinePlace(home) || home === 'planet')) return given
  const isHere = (place: Place): boolean =>
    place === 'planet' || (isUnattended === true && isMachinePlace(place) && place !== header.place)
  const here = [...placesOf(context.library)]
    .filter(place => isHere(place) && !settings.places.has(place))
    .flatMap((place): readonly (readonly [Place, Machine])[] => {
      const machine = readMachine(place, header.target, header)
      return machine === undefined ? [] : [[place, machine]]
    })
  return [...given, ...here]
}
