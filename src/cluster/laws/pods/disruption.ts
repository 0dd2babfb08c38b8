import { minorOf } from '../../kube/minor-version.ts'
import { isoOf } from '../../kube/times.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

/** The first release that marks a pod that something else than itself ended. */
const MARKS_DISRUPTION = 26

/** The condition of a pod that tells why something else ends it; none in releases that do not mark it. */
export const disruptionOf = (
  world: World,
  { reason, message, atMs }: { readonly reason: string; readonly message: string; readonly atMs: number },
): readonly KubeValue[] =>
  minorOf(world) < MARKS_DISRUPTION
    ? []
    : [
        {
          lastProbeTime: null,
          lastTransitionTime: isoOf(atMs),
          message,
          reason,
          status: 'True',
          type: 'DisruptionTarget',
        },
      ]
