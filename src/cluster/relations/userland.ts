import type { Machine } from '../world/machine.ts'

/** What a distribution ships, with the releases that decide how its programs speak. */
type Userland = Readonly<
  Record<
    | 'bash'
    | 'bind'
    | 'coreutils'
    | 'curl'
    | 'findutils'
    | 'grep'
    | 'iproute'
    | 'iptables'
    | 'libpcap'
    | 'openssh'
    | 'openssl'
    | 'procps'
    | 'systemd'
    | 'tcpdump'
    | 'util-linux',
    string
  >
>

/** A package whose release programs ask for. */
export type Shipped = keyof Userland

const jammy: Userland = {
  bash: '5.1.16(1)',
  bind: '9.18.18-0ubuntu0.22.04.2-Ubuntu',
  coreutils: '8.32',
  curl: '7.81.0',
  findutils: '4.8.0',
  grep: '3.7',
  iproute: '5.15.0',
  iptables: '1.8.7',
  libpcap: '1.10.1 (with TPACKET_V3)',
  openssh: '8.9p1 Ubuntu-3ubuntu0.6',
  openssl: '3.0.2 15 Mar 2022',
  procps: '3.3.17',
  systemd: '249',
  tcpdump: '4.99.1',
  'util-linux': '2.37.2',
}

const userlands: Readonly<Record<string, Userland>> = {
  centos: {
    bash: '4.2.46(2)',
    bind: '9.11.4-P2-RedHat-9.11.4-26.P2.el7_9.15',
    coreutils: '8.22',
    curl: '7.29.0',
    findutils: '4.5.11',
    grep: '2.20',
    iproute: '4.11.0',
    iptables: '1.4.21',
    libpcap: '1.5.3',
    openssh: '7.4p1',
    openssl: '1.0.2k-fips  26 Jan 2017',
    procps: '3.3.10',
    systemd: '219',
    tcpdump: '4.9.2',
    'util-linux': '2.23.2',
  },
  debian: {
    bash: '4.4.12(1)',
    bind: '9.10.3-P4-Debian',
    coreutils: '8.26',
    curl: '7.52.1',
    findutils: '4.7.0-git',
    grep: '2.27',
    iproute: '4.9.0',
    iptables: '1.6.0',
    libpcap: '1.8.1',
    openssh: '7.4p1 Debian-10+deb9u7',
    openssl: '1.1.0l  10 Sep 2019',
    procps: '3.3.12',
    systemd: '232',
    tcpdump: '4.9.3',
    'util-linux': '2.29.2',
  },
  ubuntu: jammy,
}

type Whose = Pick<Machine, 'os' | 'inside'>

/** The release of a package on a machine, as its programs call it; images bring what the newest system has. */
export const releaseOf = ({ os, inside }: Whose, shipped: Shipped): string =>
  ((inside === undefined ? userlands[os.id] : undefined) ?? jammy)[shipped]

const numbersIn = (release: string): readonly number[] =>
  (/^[\d.]+/.exec(release)?.[0] ?? '').split('.').map(Number)

/** Whether a machine has an earlier release of a package than one that changed something, such as `5.0`. */
export const isBefore = (machine: Whose, shipped: Shipped, release: string): boolean => {
  const own = numbersIn(releaseOf(machine, shipped))
  const other = numbersIn(release)
  const at = other.findIndex((number, index) => number !== (own[index] ?? 0))
  return at >= 0 && (own[at] ?? 0) < (other[at] ?? 0)
}
