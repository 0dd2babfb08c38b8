import * as cells from './kube-cells.ts'
import type { KubeKind } from './kube-kind.ts'
import { asBytes, asFlag, asList, asNumber, asSeconds, asText, matching } from './row-readers.ts'

/** What is stored, asked for or leased: volumes and claims, requests, configuration. The more particular headers stand first. */
export const storedKinds: readonly KubeKind[] = [
  {
    fact: 'signingRequests',
    global: true,
    names: ['csr', 'certificatesigningrequests', 'certificatesigningrequest'],
    header: /REQUESTOR/,
    columns: {
      SIGNERNAME: asText('signer'),
      REQUESTOR: asText('requestor'),
      REQUESTEDDURATION: asSeconds('requestedDurationSeconds'),
      CONDITION: asText('condition'),
    },
    standard: 'NAME|AGE|SIGNERNAME|REQUESTOR|REQUESTEDDURATION|CONDITION',
  },
  {
    fact: 'components',
    global: true,
    names: ['cs', 'componentstatuses', 'componentstatus'],
    header: /STATUS\|MESSAGE\|ERROR/,
    columns: {
      STATUS: cells.health,
      MESSAGE: asText('message'),
      ERROR: asText('error'),
    },
    standard: 'NAME|STATUS|MESSAGE|ERROR',
  },
  {
    fact: 'claims',
    names: ['pvc', 'persistentvolumeclaims', 'persistentvolumeclaim'],
    header: /STATUS\|VOLUME/,
    columns: {
      STATUS: matching(/^[A-Z]\w+$/, asText('status')),
      VOLUME: asText('volume'),
      CAPACITY: asBytes('capacity'),
      'ACCESS MODES': asList('accessModes'),
      STORAGECLASS: asText('storageClass'),
      VOLUMEATTRIBUTESCLASS: asText('volumeAttributesClass'),
      VOLUMEMODE: asText('volumeMode'),
    },
    standard: 'NAME|STATUS|VOLUME|CAPACITY|ACCESS MODES|STORAGECLASS|AGE',
  },
  {
    fact: 'volumes',
    global: true,
    names: ['pv', 'persistentvolumes', 'persistentvolume'],
    header: /RECLAIM ?POLICY\|STATUS/,
    columns: {
      CAPACITY: asBytes('capacity'),
      'ACCESS MODES': asList('accessModes'),
      'RECLAIM POLICY': asText('reclaimPolicy'),
      STATUS: matching(/^[A-Z]\w+$/, asText('status')),
      CLAIM: asText('claim'),
      STORAGECLASS: asText('storageClass'),
      REASON: asText('reason'),
    },
    standard: 'NAME|CAPACITY|ACCESS MODES|RECLAIM POLICY|STATUS|CLAIM|STORAGECLASS|REASON|AGE',
  },
  {
    fact: 'ingresses',
    names: ['ingresses', 'ingress', 'ing'],
    header: /HOSTS\|ADDRESS/,
    columns: {
      CLASS: asText('class'),
      HOSTS: asList('hosts'),
      ADDRESS: asList('addresses'),
      PORTS: asList('ports'),
    },
    standard: 'NAME|CLASS|HOSTS|ADDRESS|PORTS|AGE',
  },
  {
    fact: 'leases',
    names: ['leases', 'lease'],
    header: /NAME\|HOLDER/,
    columns: { HOLDER: asText('holder') },
    standard: 'NAME|HOLDER|AGE',
  },
  {
    fact: 'secrets',
    names: ['secrets', 'secret'],
    header: /NAME\|TYPE\|DATA\|AGE/,
    columns: { TYPE: asText('type'), DATA: asNumber('entries') },
    standard: 'NAME|TYPE|DATA|AGE',
  },
  {
    fact: 'configMaps',
    names: ['configmaps', 'configmap', 'cm'],
    header: /NAME\|DATA\|AGE/,
    columns: { DATA: asNumber('entries') },
    standard: 'NAME|DATA|AGE',
  },
  {
    fact: 'storageClasses',
    global: true,
    names: ['storageclasses', 'storageclass', 'sc'],
    header: /PROVISIONER/,
    columns: {
      NAME: cells.className,
      PROVISIONER: asText('provisioner'),
      RECLAIMPOLICY: asText('reclaimPolicy'),
      VOLUMEBINDINGMODE: asText('bindingMode'),
      ALLOWVOLUMEEXPANSION: asFlag('expandable'),
    },
    standard: 'NAME|PROVISIONER|RECLAIMPOLICY|VOLUMEBINDINGMODE|ALLOWVOLUMEEXPANSION|AGE',
  },
  {
    fact: 'namespaces',
    global: true,
    names: ['namespaces', 'namespace', 'ns'],
    header: /^NAME\|STATUS\|AGE$/,
    columns: { STATUS: matching(/^(?:Active|Terminating)$/, asText('status')) },
    standard: 'NAME|STATUS|AGE',
  },
]
