/** A network interface as `ip addr` and `ip link` show it. */
export type NetworkInterface = {
  index: number
  name: string
  kind: 'loopback' | 'ethernet' | 'bridge' | 'veth' | 'vxlan' | 'ipip' | 'tunnel' | 'dummy' | 'vlan' | 'bond'
  mac: string
  mtu: number
  isUp: boolean
  /** `ip link set down` against an unplugged cable. */
  hasCarrier: boolean
  /** Addresses with prefix length: `10.0.4.11/24`. */
  addresses: string[]
  master: string | undefined
  /** Port and network id of a VXLAN device. */
  vxlan: { id: number; port: number; device: string } | undefined
  received: { bytes: number; packets: number; errors: number; dropped: number }
  sent: { bytes: number; packets: number; errors: number; dropped: number }
  /** Of one that somebody made with `ip link add`: its peer or what it lies on, the number of a VLAN, the mode of a bond. */
  made?: { peer: string | undefined; id: number | undefined; mode: string | undefined }
  /** Of a container's interface: the number that its other end has on the host. */
  hostEnd?: number
  /** What `tc` made of its queue, in place of the usual one. */
  queue?: QueueDiscipline
}

/** A queue that delays or loses what leaves an interface. `words` are its settings as `tc qdisc show` prints them. */
export type QueueDiscipline = {
  kind: 'netem' | 'tbf'
  words: string
  delayMs: number
  jitterMs: number
  lossPercent: number
  /** What its interface had sent when it was made. */
  since?: { bytes: number; packets: number }
}

/** A route. `to` is `default` or a network. */
export type Route = {
  to: string
  via: string | undefined
  device: string
  protocol: 'kernel' | 'dhcp' | 'static' | 'bird' | 'boot'
  scope: 'link' | 'global' | 'host'
  source: string | undefined
  metric: number | undefined
  isOnLink: boolean
  /** Set for a route that leads nowhere: what it takes is dropped in silence, or refused. */
  refusal?: 'blackhole' | 'unreachable' | 'prohibit'
}

/** One iptables rule, its match in the words of iptables-save, with counters. */
export type FirewallRule = {
  protocol: string
  source: string
  destination: string
  inInterface: string
  outInterface: string
  /** Other matches as written: `-m tcp --dport 6443`, `-m comment --comment "…"`, `-m conntrack --ctstate …`. */
  matches: string
  destinationPort: number | undefined
  target: string
  /** What follows the target: `--reject-with icmp-port-unreachable`. */
  targetOptions: string
  packets: number
  bytes: number
  /** Set for a rule of nftables that counts nothing. */
  isUncounted?: true
  /** Set where the target's chain returns past the one that leads to it: `-g`. */
  isGoto?: true
}

/** Where nftables has hung a chain: its type, its hook and its priority as `nft list` prints them. */
export type ChainHook = { readonly type: string; readonly hook: string; readonly priority: string }

/** A chain; `policy` is undefined for a chain that somebody made. */
export type FirewallChain = {
  name: string
  policy: 'ACCEPT' | 'DROP' | undefined
  packets: number
  bytes: number
  rules: FirewallRule[]
  /** Of a chain in a table that somebody made with nft, where it is not only jumped to. */
  hook?: ChainHook
}

/** A table of nftables. */
export type NftTable = { readonly family: string; readonly name: string; readonly chains: FirewallChain[] }

/** A set of addresses as `ipset` keeps it, for rules that ask whether one is in it. */
export type AddressSet = { readonly name: string; readonly type: string; readonly members: readonly string[] }

/** The packet filter of a machine. Rules of kube-proxy, of CNI and of firewalld's zones are in it as they would be. */
export type Firewall = {
  filter: FirewallChain[]
  nat: FirewallChain[]
  mangle: FirewallChain[]
  /** Made when somebody first uses it, as the kernel does. */
  raw?: FirewallChain[]
  /** The tables that somebody made with nft, beside those of iptables. */
  ownTables?: NftTable[]
  firewalld: FirewalldZone[]
  /** The zones that `--permanent` wrote and that a reload brings into force. */
  firewalldPermanent: FirewalldZone[]
  /** For which services and endpoints kube-proxy wrote its rules last, by their versions, and when. */
  serviceRules: { signature: string; atMs: number }
  /** Up to when its counters tell of the usual traffic, and what each interface had carried by then. */
  counted?: { atMs: number; carried: Record<string, { in: number; out: number }> }
  /** The sets of addresses that rules ask. */
  sets?: AddressSet[]
  /** By which run of flannel its rules were looked after last, and when. */
  flannelRules?: { agent: string; atMs: number }
  /** By which run of Felix, for which pods and policies, the rules of Calico were written last, and when. */
  felixRules?: { signature: string; atMs: number }
}

/** A zone of firewalld as `firewall-cmd --list-all` shows it. */
export type FirewalldZone = {
  name: string
  target: 'default' | 'ACCEPT' | 'DROP' | '%%REJECT%%'
  interfaces: string[]
  sources: string[]
  services: string[]
  /** `8472/udp` */
  ports: string[]
  richRules: string[]
}

type Place = { readonly address: string; readonly port: number }

/** How one machine on its way sees a connection: who came, to what, and who answers in place of that. */
export type FlowLeg = {
  readonly machine: string
  readonly source: Place
  readonly destination: Place
  readonly reply: Place
  /** As whom the machine sends it on, where it hides who came. */
  readonly masked?: Place
}

/** A connection that somebody has made or tried, for as long as machines remember it. */
export type Flow = {
  readonly atMs: number
  readonly protocol: 'tcp' | 'udp'
  readonly fate: 'closed' | 'refused' | 'unanswered'
  readonly legs: readonly FlowLeg[]
}

/** Where a name led, and up to when somebody got through by it. */
export type HeldWay = { readonly address: string; readonly atMs: number }
