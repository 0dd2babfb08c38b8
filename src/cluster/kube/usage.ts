import { hashOf } from './pod.ts'

/** What a service's container takes when nothing is wrong: thousandths of a core and MiB. */
const usage: Readonly<Record<string, readonly [number, number]>> = {
  'kube-apiserver': [62, 388],
  'kube-controller-manager': [21, 61],
  'kube-scheduler': [5, 26],
  etcd: [34, 96],
  coredns: [3, 24],
  'kube-proxy': [2, 28],
  'calico-node': [38, 142],
  'calico-kube-controllers': [4, 32],
  'metrics-server': [5, 34],
  'local-path-provisioner': [2, 14],
  'ingress-nginx': [6, 118],
  traefik: [4, 62],
  'klipper-lb': [0, 1],
  rancher: [46, 612],
  'cattle-agent': [9, 148],
  'rancher-webhook': [3, 58],
  fleet: [6, 84],
  'cert-manager': [2, 44],
  'cert-manager-webhook': [2, 31],
  nginx: [1, 12],
  postgres: [9, 148],
  redis: [4, 18],
  busybox: [0, 2],
  'app-web': [14, 96],
  'app-worker': [11, 72],
}

/** The thousandths of a core that a service is known to take, wherever it runs. */
export const knownCpuMillis = (service: string): number | undefined => usage[service]?.[0]

/** How far one container of a service is from another in what it takes: a fifth at most. */
const SPREAD = 0.2

/** The usual cpu (thousandths of a core) and memory (bytes) of a service's container; `id` tells it from others of the service. */
export const usualUse = (
  service: string,
  id: string,
): { readonly cpuMillis: number; readonly memoryBytes: number } => {
  const [cpuMillis, mebibytes] = usage[service] ?? [1, 16]
  const shareOf = (what: string): number =>
    1 + SPREAD * (Number.parseInt(hashOf(`${id}/${what}`, 4), 16) / 0x8000 - 1)
  return {
    cpuMillis: Math.round(cpuMillis * shareOf('cpu')),
    memoryBytes: Math.round(mebibytes * shareOf('memory')) * 1024 ** 2,
  }
}
