import { readText } from '../files/file-tree.ts'
import { yamlValue } from '../kube/read-yaml.ts'
import { unitOf } from '../relations/unit-of.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { NetworkInterface, Route } from '../world/network.ts'
import { kernelRoutes } from './find-route.ts'

/** What the files of a machine say of one of its interfaces. */
export type LinkSettings = {
  readonly name: string
  readonly addresses: readonly string[]
  readonly routes: readonly { readonly to: string; readonly via: string }[]
  readonly mtu: number
  /** Where its routes stand among those to the same place; `undefined` for the first. */
  readonly metric: number | undefined
  /** The DNS servers that are asked over it, and the domains in which short names are looked for. */
  readonly servers: readonly string[]
  readonly search: readonly string[]
}

const USUAL_MTU = 1_500
/** What NetworkManager sets routes over Ethernet behind. */
const ETHERNET_METRIC = 100
const NETPLAN = '/etc/netplan/'
const SCRIPTS = '/etc/sysconfig/network-scripts/ifcfg-'

/** The files of netplan, in the order in which it reads them. */
export const netplanFiles = ({ files }: Machine): readonly string[] =>
  [...files.keys()].filter(path => path.startsWith(NETPLAN) && path.endsWith('.yaml')).sort()

const destinationOf = (to: unknown): string => (to === '0.0.0.0/0' ? 'default' : String(to))

const listOf = (value: KubeValue): readonly KubeValue[] => (Array.isArray(value) ? value : [])

const ofNetplan = ([name, link]: readonly [string, KubeValue]): LinkSettings => ({
  name,
  addresses: listOf(link?.addresses).map(String),
  routes: [
    ...(typeof link?.gateway4 === 'string' ? [{ to: 'default', via: link.gateway4 }] : []),
    ...listOf(link?.routes).map(({ to, via }) => ({ to: destinationOf(to), via: String(via) })),
  ],
  mtu: Number(link?.mtu ?? USUAL_MTU),
  servers: listOf(link?.nameservers?.addresses).map(String),
  search: listOf(link?.nameservers?.search).map(String),
  metric: undefined,
})

const ofScript = (text: string): LinkSettings => {
  const written = (key: string): string | undefined =>
    new RegExp(`^${key}="?([^"\\n]+)"?$`, 'm').exec(text)?.[1]
  const address = written('IPADDR')
  const gateway = written('GATEWAY')
  return {
    name: written('DEVICE') ?? '',
    addresses: address === undefined ? [] : [`${address}/${written('PREFIX') ?? '24'}`],
    routes: gateway === undefined ? [] : [{ to: 'default', via: gateway }],
    mtu: Number(written('MTU') ?? USUAL_MTU),
    servers: [written('DNS1'), written('DNS2')].flatMap(server => server ?? []),
    search: written('DOMAIN')?.split(/\s+/) ?? [],
    metric: ETHERNET_METRIC,
  }
}

/** What a machine's files say of its interfaces: those of netplan, or the scripts of Red Hat's systems. */
export const readLinkSettings = (machine: Machine): readonly LinkSettings[] => {
  const scripts = [...machine.files.keys()].filter(path => path.startsWith(SCRIPTS))
  const links = new Map<string, LinkSettings>()
  for (const path of netplanFiles(machine)) {
    const ethernets = yamlValue(readText(machine.files, path) ?? '')?.network?.ethernets
    for (const entry of Object.entries(ethernets ?? {})) links.set(entry[0], ofNetplan(entry))
  }
  return [...links.values(), ...scripts.map(path => ofScript(readText(machine.files, path) ?? ''))]
}

const routesOf = (device: NetworkInterface, { routes, metric }: LinkSettings): readonly Route[] =>
  routes.map(({ to, via }) => ({
    to,
    via,
    device: device.name,
    protocol: 'static',
    scope: 'global',
    source: undefined,
    metric,
    isOnLink: false,
  }))

/** Brings the interfaces that have settings up as these say, whatever was changed by hand; `only` names a single one. */
export const configureLinks = (machine: Machine, only?: string): void => {
  for (const settings of readLinkSettings(machine)) {
    const device = machine.interfaces.find(({ name }) => name === settings.name)
    if (device === undefined || (only !== undefined && only !== device.name)) continue
    Object.assign(device, { isUp: true, addresses: [...settings.addresses], mtu: settings.mtu })
    machine.routes = [
      ...routesOf(device, settings),
      ...kernelRoutes(device).map(route => ({ ...route, metric: settings.metric })),
      ...machine.routes.filter(route => route.device !== device.name),
    ]
  }
}

/** Whether the daemon that keeps interfaces as their settings say runs. */
export const keepsLinks = (machine: Machine): boolean => unitOf(machine, 'networkd')?.active === 'active'

/** The file in which the settings of an interface stand on a machine, and its text. */
export const linkSettingsFile = (
  { os }: Machine,
  { name, addresses }: NetworkInterface,
  {
    gateway,
    resolvers,
    search,
  }: {
    readonly gateway: string
    readonly resolvers: readonly string[]
    readonly search: readonly string[]
  },
): { readonly path: string; readonly text: string } => {
  const [address = '', prefix = '24'] = addresses[0]?.split('/') ?? []
  if (os.id !== 'ubuntu')
    return {
      path: `${SCRIPTS}${name}`,
      text: [
        'TYPE=Ethernet',
        'BOOTPROTO=none',
        `NAME=${name}`,
        `DEVICE=${name}`,
        'ONBOOT=yes',
        `IPADDR=${address}`,
        `PREFIX=${prefix}`,
        `GATEWAY=${gateway}`,
        ...resolvers.map((server, at) => `DNS${at + 1}=${server}`),
        '',
      ].join('\n'),
    }
  return {
    path: `${NETPLAN}00-installer-config.yaml`,
    text: [
      "# This is the network config written by 'subiquity'",
      'network:',
      '  ethernets:',
      `    ${name}:`,
      '      addresses:',
      `      - ${address}/${prefix}`,
      ...(resolvers.length === 0
        ? []
        : [
            '      nameservers:',
            '        addresses:',
            ...resolvers.map(server => `        - ${server}`),
            ...(search.length === 0
              ? []
              : ['        search:', ...search.map(domain => `        - ${domain}`)]),
          ]),
      '      routes:',
      '      - to: default',
      `        via: ${gateway}`,
      '  version: 2',
      '',
    ].join('\n'),
  }
}
