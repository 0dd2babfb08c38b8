import type { Elected } from '../../relations/components.ts'
import { disabledControllers } from '../../relations/controllers.ts'
import { flagsOf } from '../../relations/flags.ts'
import type { World } from '../../world/world.ts'

/** What an elected component says that has come to lead: place in its source and text, in order. */
export const leadLines = (
  world: World,
  name: Elected,
  command: readonly string[],
): readonly (readonly [source: string, text: string])[] => [
  ['leaderelection.go:260', `successfully acquired lease kube-system/${name}`],
  ...disabledControllers(world, flagsOf(command).controllers ?? '*').map(
    controller =>
      ['controllermanager.go:619', `"Warning: controller is disabled" controller="${controller}"`] as const,
  ),
]
