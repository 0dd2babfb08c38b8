import { checkProxies } from '../haproxy/check-proxies.ts'
import type { Law } from '../law.ts'
import { complainTracking } from './complain-tracking.ts'
import { copyCalico } from './copy-calico.ts'
import { countTraffic } from './count-traffic.ts'
import { fallSilent } from './fall-silent.ts'
import { joinOverlay } from './join-overlay.ts'
import { syncNames } from './sync-names.ts'
import { tellCalico } from './tell-calico.ts'
import { tellLinks } from './tell-links.ts'
import { tellProxies } from './tell-proxies.ts'
import { writeFelixRules } from './write-felix-rules.ts'
import { writeFlannelRules } from './write-flannel-rules.ts'
import { writeHostPorts } from './write-host-ports.ts'
import { writeLogFiles } from './write-log-files.ts'
import { writeServiceRules } from './write-service-rules.ts'

/** What joins the pods of a cluster: the plugin's files, its tunnels and interfaces, the rules of services; and what it tells of itself. */
export const overlayLaws: readonly Law[] = [
  copyCalico,
  joinOverlay,
  writeServiceRules,
  tellProxies,
  writeHostPorts,
  writeFlannelRules,
  writeFelixRules,
  tellCalico,
]

/** What the network's own programs do as time passes; after the pods, whose interfaces they make. */
export const networkLaws: readonly Law[] = [
  fallSilent,
  ...overlayLaws,
  tellLinks,
  countTraffic,
  complainTracking,
  syncNames,
  checkProxies,
  writeLogFiles,
]
