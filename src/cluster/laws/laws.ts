import { keepPlanets } from './gravity/keep-planets.ts'
import { leadGravity } from './gravity/lead-gravity.ts'
import { shrinkCluster } from './gravity/shrink-cluster.ts'
import { applyManifests } from './k3s/apply-manifests.ts'
import { compactDatabase } from './k3s/compact-database.ts'
import { fetchNodeCertificates } from './k3s/fetch-node-certificates.ts'
import { holdLeases } from './k3s/hold-leases.ts'
import { issueCertificates } from './k3s/issue-certificates.ts'
import { keepNodePasswords } from './k3s/keep-node-passwords.ts'
import { runWatchers } from './k3s/run-watchers.ts'
import { tellAgents } from './k3s/tell-agents.ts'
import { writeAdminConfig } from './k3s/write-admin-config.ts'
import { kubeLaws } from './kube-laws.ts'
import type { Law } from './law.ts'
import { networkLaws } from './network/network-laws.ts'
import { nodeLaws } from './node-laws.ts'
import { syslogLaw } from './syslog.ts'

/** Every law, causes before their consequences: the order in which a step applies them. */
export const laws: readonly Law[] = [
  keepPlanets,
  ...nodeLaws,
  keepPlanets,
  leadGravity,
  shrinkCluster,
  writeAdminConfig,
  tellAgents,
  compactDatabase,
  holdLeases,
  fetchNodeCertificates,
  applyManifests,
  ...kubeLaws,
  ...networkLaws,
  issueCertificates,
  keepNodePasswords,
  runWatchers,
  keepPlanets,
  syslogLaw,
]
