/** Nouns that name a kind of value: `POD_NAME`, `WORKER_NODE_IP`. A constant such as `TIME_WAIT` ends in none of them. */
export const valueNouns: ReadonlySet<string> = new Set(
  `NAME ID IP ADDRESS ADDR HOST HOSTNAME PORT DOMAIN FQDN NAMESPACE NODE POD SERVICE SVC UNIT CONTAINER DEPLOYMENT DAEMONSET
  STATEFULSET USER USERNAME PASSWORD TOKEN SECRET KEY PATH FILE FILENAME DIR DIRECTORY URL URI ENDPOINT SERVER VERSION DATE
  TIMESTAMP CLUSTER REGION ZONE IMAGE TAG LABEL SELECTOR REGISTRY REPO REPOSITORY REVISION INTERFACE DEVICE DISK MOUNT VOLUME
  PVC PV CIDR SUBNET GATEWAY COUNT NUMBER SIZE VALUE PID UUID DIGEST CSR ROLE GROUP ACCOUNT PROJECT RELEASE CHART CONTEXT
  CONFIGMAP JOB REPLICAS PHASE SNAPSHOT BACKUP CERT MEMBER PEER HERE`
    .trim()
    .split(/\s+/),
)

/** First words of a name that is meant to be replaced: `YOUR_DOMAIN`, `A_SERVICE`. */
export const possessives: ReadonlySet<string> = new Set([
  'YOUR',
  'MY',
  'A',
  'AN',
  'SOME',
  'ANY',
  'THE',
  'REPLACE',
  'CHANGE',
])

/** Single upper-case words that stand for a value when they are a word of their own. */
export const loneNouns: ReadonlySet<string> = new Set(
  `NAMESPACE PORT NODE POD SERVICE CONTAINER HOSTNAME HOST DOMAIN USERNAME PASSWORD TOKEN DEPLOYMENT CLUSTER IMAGE INTERFACE USER
  DEVICE CHANGEME`
    .trim()
    .split(/\s+/),
)

/** Words of Go templates in `{{…}}`, which are no names. */
export const templateWords: ReadonlySet<string> = new Set(
  'end else range if with define template block break continue nil true false'.split(' '),
)
