import type { Route } from '../../world/network.ts'

/** A route as `ip route` prints it, with iproute2's blank at the end. */
export const routeLine = (route: Route, isDead: boolean): string => {
  const words = [
    ...(route.refusal === undefined ? [] : [route.refusal]),
    route.to,
    ...(route.via === undefined ? [] : ['via', route.via]),
    ...(route.device === '' ? [] : ['dev', route.device]),
    ...(route.protocol === 'boot' ? [] : ['proto', route.protocol]),
    ...(route.scope === 'global' ? [] : ['scope', route.scope]),
    ...(route.source === undefined ? [] : ['src', route.source]),
    ...(route.metric === undefined ? [] : ['metric', String(route.metric)]),
    ...(route.isOnLink ? ['onlink'] : []),
    ...(isDead ? ['linkdown'] : []),
  ]
  return `${words.join(' ')} `
}
