import type { Program } from '../../shell/program.ts'
import { dig } from '../dns/dig.ts'
import { getent } from '../dns/getent.ts'
import { host } from '../dns/host.ts'
import { nslookup } from '../dns/nslookup.ts'
import { resolvectl } from '../dns/resolvectl.ts'
import { ip } from '../ip/ip.ts'
import { iptables } from '../iptables/iptables.ts'
import { iptablesRestore, iptablesSave } from '../iptables/iptables-save.ts'
import { openssl } from '../openssl/openssl.ts'
import { rctl } from '../rafay/rctl.ts'
import { arp } from './arp.ts'
import { arping } from './arping.ts'
import { bridge } from './bridge.ts'
import { conntrack } from './conntrack.ts'
import { curl } from './curl.ts'
import { ethtool } from './ethtool.ts'
import { firewallCmd } from './firewall-cmd.ts'
import { httpd } from './httpd.ts'
import { ifconfig } from './ifconfig.ts'
import { ipset } from './ipset.ts'
import { ipvsadm } from './ipvsadm.ts'
import { mtr } from './mtr.ts'
import { nc } from './nc.ts'
import { netplan, networkctl } from './netplan.ts'
import { netstat } from './netstat.ts'
import { nft } from './nft.ts'
import { nginx } from './nginx.ts'
import { nmcli } from './nmcli.ts'
import { nstat } from './nstat.ts'
import { ping } from './ping.ts'
import { redisCli } from './redis-cli.ts'
import { route } from './route.ts'
import { showmount } from './showmount.ts'
import { ss } from './ss.ts'
import { tc } from './tc.ts'
import { tcpdump } from './tcpdump.ts'
import { tracepath } from './tracepath.ts'
import { traceroute } from './traceroute.ts'
import { ufw } from './ufw.ts'
import { wget } from './wget.ts'

/** The commands that look at the network and its filters and change them. */
export const networkPrograms: readonly Program[] = [
  arp,
  arping,
  bridge,
  conntrack,
  curl,
  dig,
  ethtool,
  firewallCmd,
  getent,
  host,
  httpd,
  ifconfig,
  ip,
  ipset,
  ipvsadm,
  iptables,
  iptablesRestore,
  iptablesSave,
  mtr,
  nc,
  netplan,
  nmcli,
  netstat,
  networkctl,
  nginx,
  nstat,
  nft,
  nslookup,
  openssl,
  ping,
  redisCli,
  resolvectl,
  route,
  showmount,
  ss,
  tc,
  tcpdump,
  tracepath,
  traceroute,
  ufw,
  wget,
  rctl,
]
