import { checkProxies } from '../haproxy/check-proxies.ts'
import type { Law } from '../law.ts'
import { complainTracking } from './complain-tracking.ts'
import { countTraffic } from './count-traffic.ts'
import { joinOverlay } from './join-overlay.ts'
import { writeLogFiles } from './write-log-files.ts'
import { writeServiceRules } from './write-service-rules.ts'

/** What the network's own programs do as time passes; after the pods, whose interfaces they make. */
export const networkLaws: readonly Law[] = [
  joinOverlay,
  writeServiceRules,
  countTraffic,
  complainTracking,
  checkProxies,
  writeLogFiles,
]
