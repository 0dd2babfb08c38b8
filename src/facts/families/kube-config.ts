import { record } from '../parsed.ts'
import type { FactValue } from '../types.ts'
import { at, flagAt, isObject, listAt, numberAt, textAt, textMapAt, textsAt } from './json-value.ts'

const clusterOf = (entry: unknown): FactValue =>
  record({
    name: textAt(entry, 'name'),
    server: textAt(entry, 'cluster', 'server'),
    authorityFile: textAt(entry, 'cluster', 'certificate-authority'),
    hasAuthority:
      textAt(entry, 'cluster', 'certificate-authority-data') !== undefined ||
      textAt(entry, 'cluster', 'certificate-authority') !== undefined,
    insecure: flagAt(entry, 'cluster', 'insecure-skip-tls-verify') === true,
  })

const contextOf = (entry: unknown): FactValue =>
  record({
    name: textAt(entry, 'name'),
    cluster: textAt(entry, 'context', 'cluster'),
    user: textAt(entry, 'context', 'user'),
    namespace: textAt(entry, 'context', 'namespace'),
  })

const credentials: readonly (readonly [string, string])[] = [
  ['client-certificate-data', 'certificate'],
  ['client-certificate', 'certificate'],
  ['token', 'token'],
  ['tokenFile', 'token'],
  ['exec', 'program'],
  ['auth-provider', 'provider'],
  ['username', 'password'],
]

// What a user proves himself with, never the proof.
const userOf = (entry: unknown): FactValue =>
  record({
    name: textAt(entry, 'name'),
    proof: credentials.find(([member]) => at(entry, 'user', member) !== undefined)?.[1] ?? 'none',
    certificateFile: textAt(entry, 'user', 'client-certificate'),
    keyFile: textAt(entry, 'user', 'client-key'),
  })

/** A kubeconfig: which servers, contexts and users it names; keys, tokens and certificates themselves are left out. */
export const readKubeconfig = (document: unknown): FactValue =>
  record({
    currentContext: textAt(document, 'current-context'),
    clusters: listAt(document, 'clusters').map(clusterOf),
    contexts: listAt(document, 'contexts').map(contextOf),
    users: listAt(document, 'users').map(userOf),
  })

/** The kubelet's configuration, or what a filter left of it. */
export const readKubeletConfig = (document: unknown): FactValue =>
  record({
    cgroupDriver: textAt(document, 'cgroupDriver'),
    clusterDNS: Array.isArray(at(document, 'clusterDNS')) ? textsAt(document, 'clusterDNS') : undefined,
    clusterDomain: textAt(document, 'clusterDomain'),
    staticPodPath: textAt(document, 'staticPodPath'),
    rotateCertificates: flagAt(document, 'rotateCertificates'),
    serverTLSBootstrap: flagAt(document, 'serverTLSBootstrap'),
    failSwapOn: flagAt(document, 'failSwapOn'),
    maxPods: numberAt(document, 'maxPods'),
    resolvConf: textAt(document, 'resolvConf'),
    runtimeEndpoint: textAt(document, 'containerRuntimeEndpoint'),
    anonymousAuth: flagAt(document, 'authentication', 'anonymous', 'enabled'),
    clientCAFile: textAt(document, 'authentication', 'x509', 'clientCAFile'),
    authorizationMode: textAt(document, 'authorization', 'mode'),
    evictionHard: isObject(at(document, 'evictionHard')) ? textMapAt(document, 'evictionHard') : undefined,
  })
