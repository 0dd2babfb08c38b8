import { readText } from '../../files/file-tree.ts'
import { type Certificate, decodeCertificates } from '../../relations/certificate.ts'
import { flagsInText, flagsOf } from '../../relations/flags.ts'
import { asksForServing, signedServing } from '../../relations/kubelet-serving.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import type { Running, Service, TlsPort } from '../service.ts'

const flagsOfSelf = ({ unit, container }: Running): Readonly<Record<string, string>> =>
  container === undefined ? flagsInText(unit?.execStart ?? '') : flagsOf(container.command)

const firstIn = (machine: Machine, path: string | undefined): Certificate | undefined =>
  path === undefined ? undefined : decodeCertificates(readText(machine.files, path))[0]

const YEAR_MS = 365 * 86_400_000

/** The certificate that a component makes for itself when it is given none: good for a year from its start. */
const selfSigned = (world: World, self: Running, name: string): Certificate => {
  const madeMs = self.container?.startedMs ?? self.unit?.startedMs ?? world.nowMs
  const key = `self-${name}-${self.machine.name}`
  return {
    commonName: `${name}@${Math.floor(madeMs / 1000)}`,
    organizations: [],
    issuer: `${name}-ca@${Math.floor(madeMs / 1000)}`,
    issuerKeyId: key,
    keyId: key,
    serial: '02',
    notBeforeMs: madeMs,
    notAfterMs: madeMs + YEAR_MS,
    dnsNames: [name, 'localhost'],
    addresses: ['127.0.0.1'],
    isAuthority: false,
  }
}

type SecurePort = (world: World, self: Running, port: number) => TlsPort | undefined

const byFlag =
  (fallback: string): SecurePort =>
  (world, self) => {
    const path = flagsOfSelf(self)['tls-cert-file']
    const certificate = path === undefined ? selfSigned(world, self, fallback) : firstIn(self.machine, path)
    return { certificate, clientAuthorities: undefined }
  }

const apiserver: SecurePort = (_world, self) => ({
  certificate: firstIn(self.machine, flagsOfSelf(self)['tls-cert-file']),
  clientAuthorities: undefined,
})

const METRICS_PORT = 2381

const portIn = (urls: string | undefined): number =>
  Number(/:(\d+)/.exec(urls?.replace(/^\w+:/, '') ?? '')?.[1])

const etcd: SecurePort = (_world, self, port) => {
  const flags = flagsOfSelf(self)
  const side = port === portIn(flags['listen-peer-urls']) ? 'peer-' : ''
  if (port === METRICS_PORT || flags[`${side}cert-file`] === undefined) return undefined
  const wantsClient = flags[`${side}client-cert-auth`] === 'true'
  const authorities = decodeCertificates(readText(self.machine.files, flags[`${side}trusted-ca-file`] ?? ''))
  return {
    certificate: firstIn(self.machine, flags[`${side}cert-file`]),
    clientAuthorities: wantsClient ? authorities : undefined,
  }
}

const KUBELET_PORT = 10_250

const kubelet: SecurePort = (world, self, port) =>
  port === KUBELET_PORT
    ? {
        certificate: asksForServing(self.machine)
          ? signedServing(self.machine)
          : (firstIn(self.machine, '/var/lib/kubelet/pki/kubelet.crt') ??
            selfSigned(world, self, self.machine.name)),
        clientAuthorities: undefined,
      }
    : undefined

const secured: Readonly<Record<string, SecurePort>> = {
  'kube-apiserver': apiserver,
  'kube-controller-manager': byFlag('localhost'),
  'kube-scheduler': byFlag('localhost'),
  etcd,
  kubelet,
}

/** The services with TLS on the ports where the real ones have it. */
export const withSecuredPorts = (
  services: Readonly<Record<string, Service>>,
): Readonly<Record<string, Service>> =>
  Object.fromEntries(
    Object.entries(services).map(([name, service]) => {
      const secures = secured[name]
      return [
        name,
        secures === undefined || service.secures !== undefined ? service : { ...service, secures },
      ]
    }),
  )
