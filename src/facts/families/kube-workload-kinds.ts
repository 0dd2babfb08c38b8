import * as cells from './kube-cells.ts'
import type { KubeKind } from './kube-kind.ts'
import { asFlag, asNumber, asPair, asSeconds, asText } from './row-readers.ts'

/** Workloads: what is wanted and how far along it is; OpenShift's operators too. The more particular headers stand first. */
export const workloadKinds: readonly KubeKind[] = [
  {
    fact: 'daemonSets',
    names: ['daemonsets', 'daemonset', 'ds'],
    header: /CURRENT\|.*NODE SELECTOR/,
    columns: { ...cells.counts, 'NODE SELECTOR': asText('nodeSelector') },
    standard: 'NAME|DESIRED|CURRENT|READY|UP-TO-DATE|AVAILABLE|NODE SELECTOR|AGE',
    wide: 'CONTAINERS|IMAGES|SELECTOR',
  },
  {
    fact: 'deployments',
    names: ['deployments', 'deployment', 'deploy'],
    header: /UP-TO-DATE\|AVAILABLE/,
    columns: cells.counts,
    standard: 'NAME|READY|UP-TO-DATE|AVAILABLE|AGE',
    wide: 'CONTAINERS|IMAGES|SELECTOR',
  },
  {
    fact: 'replicaSets',
    names: ['replicasets', 'replicaset', 'rs', 'replicationcontrollers', 'replicationcontroller', 'rc'],
    header: /DESIRED\|CURRENT\|READY/,
    columns: cells.counts,
    standard: 'NAME|DESIRED|CURRENT|READY|AGE',
    wide: 'CONTAINERS|IMAGES|SELECTOR',
  },
  {
    fact: 'statefulSets',
    names: ['statefulsets', 'statefulset', 'sts'],
    header: /NAME\|(?:READY|DESIRED\|CURRENT)\|AGE/,
    columns: cells.counts,
    standard: 'NAME|READY|AGE',
    wide: 'CONTAINERS|IMAGES',
  },
  {
    fact: 'jobs',
    names: ['jobs', 'job'],
    header: /COMPLETIONS/,
    columns: { ...cells.counts, COMPLETIONS: asPair('succeeded', 'completions'), STATUS: asText('status') },
    standard: 'NAME|STATUS|COMPLETIONS|DURATION|AGE',
    wide: 'CONTAINERS|IMAGES|SELECTOR',
  },
  {
    fact: 'cronJobs',
    names: ['cronjobs', 'cronjob', 'cj'],
    header: /SCHEDULE\|(?:TIMEZONE\|)?SUSPEND/,
    columns: {
      SCHEDULE: asText('schedule'),
      SUSPEND: asFlag('suspended'),
      ACTIVE: asNumber('active'),
      'LAST SCHEDULE': asSeconds('lastScheduleSeconds'),
    },
    standard: 'NAME|SCHEDULE|TIMEZONE|SUSPEND|ACTIVE|LAST SCHEDULE|AGE',
  },
  {
    fact: 'clusterOperators',
    global: true,
    names: ['clusteroperators', 'clusteroperator', 'co'],
    header: /AVAILABLE\|PROGRESSING\|DEGRADED/,
    columns: {
      AVAILABLE: asFlag('available'),
      PROGRESSING: asFlag('progressing'),
      DEGRADED: asFlag('degraded'),
      SINCE: asSeconds('sinceSeconds'),
      VERSION: asText('version'),
      MESSAGE: asText('message'),
    },
    standard: 'NAME|VERSION|AVAILABLE|PROGRESSING|DEGRADED|SINCE|MESSAGE',
  },
]
