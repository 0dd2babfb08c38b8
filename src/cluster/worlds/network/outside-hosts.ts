import type { OutsideHost } from '../../world/world.ts'

type Port = OutsideHost['ports'][number]

const https: readonly Port[] = [
  { protocol: 'tcp', port: 443, speaks: 'https' },
  { protocol: 'tcp', port: 80, speaks: 'http' },
]
const dns: readonly Port[] = [
  { protocol: 'udp', port: 53, speaks: 'dns' },
  { protocol: 'tcp', port: 53, speaks: 'dns' },
]

const time: readonly Port[] = [{ protocol: 'udp', port: 123, speaks: 'ntp' }]

type Row = readonly [names: string, address: string, ports: readonly Port[], latencyMs: number]

const internet: readonly Row[] = [
  ['google.com www.google.com', '142.250.185.78', https, 11],
  ['dns.google', '8.8.8.8', [...dns, ...https], 9],
  ['one.one.one.one', '1.1.1.1', [...dns, ...https], 8],
  ['registry-1.docker.io', '54.198.86.24', https, 92],
  ['auth.docker.io', '54.227.20.253', https, 92],
  ['registry.k8s.io', '34.96.108.209', https, 12],
  ['quay.io', '54.144.203.57', https, 94],
  ['ghcr.io', '140.82.121.34', https, 18],
  ['docker.io', '44.208.254.194', https, 93],
  ['k8s.gcr.io gcr.io', '142.251.173.82', https, 14],
  ['charts.jetstack.io', '104.18.34.28', https, 14],
  ['releases.rancher.com', '54.230.10.79', https, 19],
  ['github.com', '140.82.121.4', https, 18],
  ['archive.ubuntu.com', '185.125.190.36', https, 22],
  ['ntp.ubuntu.com prod-ntp-3.ntp4.ps5.canonical.com', '185.125.190.56', time, 12],
  ['prod-ntp-4.ntp1.ps5.canonical.com', '185.125.190.57', time, 15],
  ['alphyn.canonical.com', '91.189.91.157', time, 18],
  ['0.ubuntu.pool.ntp.org pool.ntp.org 0.centos.pool.ntp.org', '45.87.78.35', time, 21],
  ['1.centos.pool.ntp.org', '162.159.200.123', time, 9],
  ['2.centos.pool.ntp.org', '193.182.111.12', time, 24],
  ['3.centos.pool.ntp.org', '194.58.207.20', time, 27],
]

const hostOf = ([names, address, ports, latencyMs]: Row): OutsideHost => ({
  names: names.split(' '),
  address,
  ports: [...ports],
  isUp: true,
  latencyMs,
  answersPing: true,
})

/** Hosts of the internet that a cluster's machines talk to. */
export const internetHosts = (): readonly OutsideHost[] => internet.map(hostOf)

/** The site's gateway and resolver. */
export const siteHosts = ({
  gateway,
  resolver,
}: {
  readonly gateway: string
  readonly resolver: string
}): readonly OutsideHost[] => [
  hostOf(['gateway.example.internal', gateway, [], 0.4]),
  hostOf(['ns1.example.internal', resolver, dns, 0.5]),
]

/** A server of the site with one service: an NFS server, a database. */
export const siteServer = (
  names: string,
  { address, port, speaks }: { readonly address: string; readonly port: number; readonly speaks: string },
): OutsideHost => hostOf([names, address, [{ protocol: 'tcp', port, speaks }], 0.6])

/** A service on the internet that an agent holds a connection to. */
export const cloudServer = (
  names: string,
  { address, ports }: { readonly address: string; readonly ports: readonly number[] },
): OutsideHost =>
  hostOf([names, address, ports.map(port => ({ protocol: 'tcp' as const, port, speaks: 'https' })), 24])
