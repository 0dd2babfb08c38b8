import type { World } from '../world/world.ts'

/** The minor release of a version: 28 of v1.28.9. */
export const minorIn = (version: string): number => Number(/^v?\d+\.(\d+)/.exec(version)?.[1] ?? 0)

/** The minor release of a world's Kubernetes: 28 of v1.28.9. */
export const minorOf = ({ kube }: Pick<World, 'kube'>): number => minorIn(kube.version)
