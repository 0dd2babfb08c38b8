/** What a registry has of an image, and which service its containers are. */
export type KnownImage = {
  readonly sizeMiB: number
  readonly service: string
  /** Tags that exist beyond those that look like a released version. */
  readonly tags?: readonly string[]
  /** The last minor release of each major one, with the `v` where tags have one; `undefined` where nothing is known of them. */
  readonly releases?: Readonly<Record<string, number>>
  /** Whether its tags are the releases of Kubernetes. */
  readonly isOfKubernetes?: true
  /** Whether only the listed tags exist. */
  readonly isExact?: boolean
}

const control = (
  service: string,
  sizeMiB: number,
  releases?: Readonly<Record<string, number>>,
): KnownImage => ({ service, sizeMiB, ...(releases === undefined ? {} : { releases }) })
/** One that anybody pulls from Docker Hub. */
const official = (
  service: string,
  sizeMiB: number,
  tagged: Required<Pick<KnownImage, 'tags' | 'releases'>>,
): KnownImage => ({ service, sizeMiB, ...tagged })
/** One of those that are released with Kubernetes, under its version alone. */
const released = (service: string, sizeMiB: number): KnownImage => ({
  service,
  sizeMiB,
  isOfKubernetes: true,
})

/** The last patch of each minor release of Kubernetes 1. */
const lastPatches: Readonly<Record<number, number>> = {
  ...{ 16: 15, 17: 17, 18: 20, 19: 16, 20: 15, 21: 14, 22: 17, 23: 17, 24: 17, 25: 16 },
  ...{ 26: 15, 27: 16, 28: 15, 29: 15, 30: 14, 31: 14, 32: 11, 33: 7, 34: 3 },
}

const isKubernetesRelease = (tag: string): boolean => {
  const [, minor, patch] = /^v1\.(\d+)\.(\d+)$/.exec(tag) ?? []
  return minor !== undefined && Number(patch) <= (lastPatches[Number(minor)] ?? -1)
}

/** Images by repository without registry; what is not listed does not exist. */
const images: Readonly<Record<string, KnownImage>> = {
  'kube-apiserver': released('kube-apiserver', 120),
  'kube-controller-manager': released('kube-controller-manager', 117),
  'kube-scheduler': released('kube-scheduler', 57),
  'kube-proxy': released('kube-proxy', 78),
  etcd: control('etcd', 142, { 2: 2, 3: 6, v3: 6 }),
  pause: { ...control('plain', 1), tags: ['3.6', '3.7', '3.8', '3.9', '3.10'], isExact: true },
  'coredns/coredns': control('coredns', 51, { v1: 12 }),
  coredns: control('coredns', 51, { 1: 12, v1: 12 }),
  'calico/node': control('calico-node', 232, { v3: 31 }),
  'calico/cni': control('plain-job', 199, { v3: 31 }),
  'calico/kube-controllers': control('calico-kube-controllers', 71, { v3: 31 }),
  'metrics-server/metrics-server': control('metrics-server', 64, { v0: 8 }),
  'rancher/local-path-provisioner': control('local-path-provisioner', 39, { v0: 0 }),
  'gravity-site': control('gravity-site', 148),
  'gravity-bandwagon': control('bandwagon', 62),
  'log-collector': control('log-collector', 38),
  'log-forwarder': control('log-forwarder', 41),
  'kubernetes-helm/tiller': control('tiller', 77),
  'monitoring-grafana': control('grafana', 240),
  'kube-state-metrics': control('plain', 32),
  'prometheus/node-exporter': control('plain', 22),
  'gravitational/debian-tall': { sizeMiB: 11, service: 'busybox', tags: ['buster', 'stretch'] },
  'rancher/mirrored-pause': control('plain', 1),
  'rancher/mirrored-coredns-coredns': control('coredns', 57, { 1: 12 }),
  'rancher/mirrored-metrics-server': control('metrics-server', 66, { v0: 8 }),
  'rancher/mirrored-library-busybox': control('busybox', 4, { 1: 37 }),
  'rancher/mirrored-library-traefik': control('traefik', 148, { 2: 11, 3: 5 }),
  'rancher/klipper-lb': control('klipper-lb', 12, { v0: 4 }),
  'rancher/klipper-helm': control('plain-job', 256, { v0: 9 }),
  'rancher/rancher': control('rancher', 1_720, { v2: 12 }),
  'rancher/rancher-agent': control('cattle-agent', 640, { v2: 12 }),
  'rancher/rancher-webhook': control('rancher-webhook', 69, { v0: 8 }),
  'rancher/fleet': control('fleet', 312, { v0: 13 }),
  'rancher/fleet-agent': control('fleet', 241, { v0: 13 }),
  'rancher/gitjob': control('fleet', 218, { v0: 9 }),
  'jetstack/cert-manager-controller': control('cert-manager', 67, { v1: 19 }),
  'jetstack/cert-manager-cainjector': control('cert-manager', 42, { v1: 19 }),
  'jetstack/cert-manager-webhook': control('cert-manager-webhook', 54, { v1: 19 }),
  'ingress-nginx/controller': control('ingress-nginx', 276, { v0: 51, v1: 13 }),
  'library/nginx': official('nginx', 179, {
    tags: ['latest', 'alpine', 'stable', 'mainline', 'perl'],
    releases: { 1: 29 },
  }),
  'library/busybox': official('busybox', 4, {
    tags: ['latest', 'stable', 'musl', 'glibc', 'uclibc'],
    releases: { 1: 37 },
  }),
  'library/alpine': official('busybox', 7, { tags: ['latest', 'edge'], releases: { 2: 7, 3: 22 } }),
  'library/ubuntu': official('busybox', 73, {
    tags: ['latest', 'rolling', 'focal', 'jammy', 'noble'],
    releases: { 14: 4, 16: 4, 18: 4, 20: 4, 22: 4, 24: 4 },
  }),
  'library/debian': official('busybox', 116, {
    tags: ['latest', 'stable', 'buster', 'bullseye', 'bookworm', 'trixie'],
    releases: { 8: 11, 9: 13, 10: 13, 11: 11, 12: 12, 13: 2 },
  }),
  'library/postgres': official('postgres', 414, {
    tags: ['latest', 'alpine'],
    releases: { 9: 6, 10: 23, 11: 22, 12: 22, 13: 22, 14: 19, 15: 14, 16: 10, 17: 6, 18: 1 },
  }),
  'library/redis': official('redis', 116, {
    tags: ['latest', 'alpine'],
    releases: { 3: 2, 4: 0, 5: 0, 6: 2, 7: 4, 8: 2 },
  }),
  'nicolaka/netshoot': official('busybox', 202, { tags: ['latest'], releases: { v0: 14 } }),
  'curlimages/curl': official('busybox', 21, { tags: ['latest'], releases: { 7: 88, 8: 17 } }),
  'e2e-test-images/agnhost': control('busybox', 124, { 2: 56 }),
  'e2e-test-images/jessie-dnsutils': control('busybox', 243, { 1: 7 }),
  'rafay/cluster-controller': control('plain', 83),
  'rafay/edge-client': control('rafay-edge-client', 46),
  'rafay/relay-agent': control('rafay-relay-agent', 39),
  'rafay/connector': control('rafay-connector', 52),
  'shop/web': { sizeMiB: 148, service: 'app-web', tags: ['1.4.1', '1.4.2', '1.5.0'], isExact: true },
  'shop/worker': { sizeMiB: 163, service: 'app-worker', tags: ['2.2.0', '2.3.0'], isExact: true },
  'shop/report': { sizeMiB: 96, service: 'plain-job', tags: ['0.9.3'], isExact: true },
}

/** What containers of an image run when nothing else is said, where that is a file of its own. */
const entrypoints: Readonly<Record<string, string>> = {
  'coredns/coredns': '/coredns',
  coredns: '/coredns',
  'rancher/mirrored-coredns-coredns': '/coredns',
  'metrics-server/metrics-server': '/metrics-server',
  'rancher/mirrored-metrics-server': '/metrics-server',
  'jetstack/cert-manager-controller': '/app/cmd/controller/controller',
  'jetstack/cert-manager-cainjector': '/app/cmd/cainjector/cainjector',
  'jetstack/cert-manager-webhook': '/app/cmd/webhook/webhook',
  'rancher/mirrored-library-traefik': 'traefik',
  'rancher/rancher': 'rancher',
  'library/postgres': 'postgres',
  'library/nginx': 'nginx',
  'curlimages/curl': 'curl',
}

/** The command of an image by itself; empty where its containers are known by their own name. */
export const entrypointOf = (image: string): readonly string[] => {
  const { repository } = readImageName(image)
  const found = Object.entries(entrypoints).find(
    ([name]) => repository === name || repository.endsWith(`/${name}`),
  )
  return found === undefined ? [] : [found[1]]
}

/** What the entrypoint of an image does with its arguments, where that is a script which becomes what it is given. */
type Relay = { readonly program: string; readonly takes: RegExp }

/** Each with the program that it puts before what only that program can take. */
const relays: Readonly<Record<string, Relay>> = {
  'library/redis': { program: 'redis-server', takes: /^-|\.conf$/ },
  'library/postgres': { program: 'postgres', takes: /^-/ },
  'library/nginx': { program: 'exec', takes: /^-/ },
  'curlimages/curl': { program: 'curl', takes: /^-|:\/\// },
}

/** What a pod says of how a container of an image is to be run. */
export type Told = {
  readonly image: string
  readonly command?: readonly string[]
  readonly args?: readonly string[]
}

/** The command of a container; `isTold` says whether the pod names it, or what its image would take as one. */
export const commandOf = ({
  image,
  command,
  args = [],
}: Told): { readonly words: readonly string[]; readonly isTold: boolean } => {
  if (command !== undefined) return { words: [...command, ...args], isTold: true }
  const relay = relays[readImageName(image).repository]
  const [first] = args
  if (relay === undefined || first === undefined)
    return { words: [...entrypointOf(image), ...args], isTold: false }
  return { words: relay.takes.test(first) ? [relay.program, ...args] : args, isTold: true }
}

/** An image name in its parts, with Docker's defaults filled in. */
export type ImageName = { readonly registry: string; readonly repository: string; readonly tag: string }

/** Reads an image name as a runtime does: `nginx` is docker.io/library/nginx:latest. */
export const readImageName = (image: string): ImageName => {
  const [withoutDigest = ''] = image.split('@')
  const first = withoutDigest.split('/')[0] ?? ''
  const hasRegistry = withoutDigest.includes('/') && /[.:]|^localhost$/.test(first)
  const rest = hasRegistry ? withoutDigest.slice(first.length + 1) : withoutDigest
  const tagAt = rest.lastIndexOf(':')
  const path = tagAt > 0 ? rest.slice(0, tagAt) : rest
  return {
    registry: hasRegistry ? first : 'docker.io',
    repository: !hasRegistry && !path.includes('/') ? `library/${path}` : path,
    tag: tagAt > 0 ? rest.slice(tagAt + 1) : 'latest',
  }
}

/** The full name of an image: registry, repository and tag. */
export const fullImageName = (image: string): string => {
  const { registry, repository, tag } = readImageName(image)
  return `${registry}/${repository}:${tag}`
}

const findImage = (repository: string): KnownImage | undefined => {
  const parts = repository.split('/')
  for (let from = 0; from < parts.length; from++) {
    const known = images[parts.slice(from).join('/')]
    if (known !== undefined) return known
  }
  return images[`library/${parts.at(-1)}`]
}

/** What is known of an image whatever its tag; `undefined` for a repository that does not exist. */
export const knownImage = (image: string): KnownImage | undefined =>
  findImage(readImageName(image).repository)

/** More patches than any minor release has had. */
const MANY_PATCHES = 40

/** What stands behind a version in the tags of images: what it is built on, a build, a candidate. */
const variant =
  /^(?:(?:alpine|slim|trixie|bookworm|bullseye|buster|stretch|noble|jammy|focal|perl|otel|musl|glibc|uclibc|rc|build|eksbuild)[\w.]*|\d{1,8})$/

/** Whether a tag names a version that came out, with the ways in which it is built. */
const isReleased = (tag: string, releases: NonNullable<KnownImage['releases']>): boolean => {
  const [version = '', ...variants] = tag.split('-')
  const [, major = '', minor = '0', patch = '0'] = /^(v?\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(version) ?? []
  return (
    Number(minor) <= (releases[major] ?? -1) &&
    Number(patch) < MANY_PATCHES &&
    variants.every(word => variant.test(word))
  )
}

/** Whether a registry has a tag of a repository. */
export const hasTag = (image: string): boolean => {
  const known = knownImage(image)
  const { tag } = readImageName(image)
  if (known === undefined) return false
  if (known.isOfKubernetes) return isKubernetesRelease(tag)
  if (known.tags?.includes(tag)) return true
  if (known.releases !== undefined) return isReleased(tag, known.releases)
  return known.isExact !== true && /^v?\d+[\w.-]*$/.test(tag)
}
