import type { World } from '../world/world.ts'

/** The minor release of a world's Kubernetes: 28 of v1.28.9. */
export const minorOf = ({ kube }: World): number => Number(/^v?\d+\.(\d+)/.exec(kube.version)?.[1] ?? 0)
