import type { Fault } from './fault.ts'
import { machineOf, numberOf, textOf } from './parameters.ts'

/** Nothing passes between two machines. */
export const cutLink: Fault = (world, parameters) => {
  const one = machineOf(world, textOf(parameters, 'machine'))
  const other = machineOf(world, textOf(parameters, 'other'))
  world.fabric.cutLinks.push([one.name, other.name])
}

/** The site has lost its way to the internet. */
export const loseInternet: Fault = world => {
  world.fabric.hasInternet = false
}

/** A host outside the cluster that is down. */
export const loseOutsideHost: Fault = (world, parameters) => {
  const name = textOf(parameters, 'host')
  const host = world.fabric.outside.find(candidate => candidate.names.includes(name))
  if (host === undefined) throw new RangeError(`the world knows no outside host ${name}`)
  host.isUp = false
}

/** A resolver of the site that does not answer any more. */
export const loseResolver: Fault = (world, parameters) => {
  const address = textOf(parameters, 'address')
  world.fabric.liveResolvers = world.fabric.liveResolvers.filter(live => live !== address)
}

/** A name that the site's resolvers no longer know. */
export const loseName: Fault = (world, parameters) => {
  delete world.fabric.records[textOf(parameters, 'name')]
}

/** The way between machines carries only smaller packets than before. */
export const shrinkPackets: Fault = (world, parameters) => {
  world.fabric.pathMtu = numberOf(parameters, 'bytes')
}
