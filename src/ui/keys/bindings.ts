import type { AppBinding } from './app-binding.ts'
import { appKeys } from './bindings/app-keys.ts'
import { commandKeys } from './bindings/command-keys.ts'
import { drillKeys } from './bindings/drill-keys.ts'
import { findingKeys } from './bindings/finding-keys.ts'
import { goingKeys } from './bindings/going-keys.ts'
import { helpKeys } from './bindings/help-keys.ts'
import { homeKeys } from './bindings/home-keys.ts'
import { listKeys } from './bindings/list-keys.ts'
import { mapKeys } from './bindings/map-keys.ts'
import { outputKeys } from './bindings/output-keys.ts'
import { overlayKeys } from './bindings/overlay-keys.ts'
import { readingKeys } from './bindings/reading-keys.ts'
import { rowKeys, sessionKeys } from './bindings/row-keys.ts'
import { stepKeys } from './bindings/step-keys.ts'

/** Every key of the program: the one table. */
export const bindings: readonly AppBinding[] = [
  ...commandKeys,
  ...goingKeys,
  ...outputKeys,
  ...readingKeys,
  ...findingKeys,
  ...stepKeys,
  ...homeKeys,
  ...sessionKeys,
  ...mapKeys,
  ...helpKeys,
  ...rowKeys,
  ...listKeys,
  ...overlayKeys,
  ...drillKeys,
  ...appKeys,
]
