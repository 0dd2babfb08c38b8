import { chiselLog } from './families/chisel-log.ts'
import { chronySources } from './families/chrony-sources.ts'
import { clock } from './families/clock.ts'
import { cniConfig } from './families/cni-config.ts'
import { conntrack } from './families/conntrack.ts'
import { containerdConfig } from './families/containerd-config.ts'
import { containers } from './families/containers.ts'
import { corefile } from './families/corefile.ts'
import { crictl } from './families/crictl.ts'
import { ctr } from './families/ctr.ts'
import { curl } from './families/curl.ts'
import { date } from './families/date.ts'
import { df } from './families/df.ts'
import { dmesg } from './families/dmesg.ts'
import { dns } from './families/dns.ts'
import { docker } from './families/docker.ts'
import { du } from './families/du.ts'
import { etcdctl } from './families/etcdctl.ts'
import { firewallCmd } from './families/firewall-cmd.ts'
import { free } from './families/free.ts'
import { gravityPlan } from './families/gravity-plan.ts'
import { gravityReport } from './families/gravity-report.ts'
import { gravityStatus } from './families/gravity-status.ts'
import { haproxyLog } from './families/haproxy-log.ts'
import { haproxyStat } from './families/haproxy-stat.ts'
import { helm } from './families/helm.ts'
import { hostname } from './families/hostname.ts'
import { ifconfig } from './families/ifconfig.ts'
import { iostat } from './families/iostat.ts'
import { ipAddress } from './families/ip-address.ts'
import { ipNeigh } from './families/ip-neigh.ts'
import { ipRoute } from './families/ip-route.ts'
import { ipRule } from './families/ip-rule.ts'
import { iptables } from './families/iptables.ts'
import { ipvsadm } from './families/ipvsadm.ts'
import { journalctl } from './families/journalctl.ts'
import { kubeFiles } from './families/kube-files.ts'
import { kubeadmCerts } from './families/kubeadm-certs.ts'
import { kubeadmPreflight } from './families/kubeadm-preflight.ts'
import { kubectlDescribe } from './families/kubectl-describe.ts'
import { kubectlList } from './families/kubectl-list.ts'
import { kubectlObject } from './families/kubectl-object.ts'
import { kubectlOthers } from './families/kubectl-others.ts'
import { lineCount } from './families/line-count.ts'
import { logLines } from './families/log-lines.ts'
import { ls } from './families/ls.ts'
import { lsblk } from './families/lsblk.ts'
import { lsmod } from './families/lsmod.ts'
import { mount } from './families/mount.ts'
import { netstat } from './families/netstat.ts'
import { nft } from './families/nft.ts'
import { nproc } from './families/nproc.ts'
import { oomLog } from './families/oom-log.ts'
import { opensslCrl } from './families/openssl-crl.ts'
import { opensslDigest } from './families/openssl-digest.ts'
import { opensslSClient } from './families/openssl-s-client.ts'
import { opensslVerify } from './families/openssl-verify.ts'
import { opensslVersion } from './families/openssl-version.ts'
import { opensslX509 } from './families/openssl-x509.ts'
import { osRelease } from './families/os-release.ts'
import { ping } from './families/ping.ts'
import { planetStatus } from './families/planet-status.ts'
import { procFiles } from './families/proc-files.ts'
import { ps } from './families/ps.ts'
import { rctl } from './families/rctl.ts'
import { resolvConf } from './families/resolv-conf.ts'
import { saltLog } from './families/salt-log.ts'
import { scheduling } from './families/scheduling.ts'
import { securityModules } from './families/security-modules.ts'
import { selectedValues } from './families/selected-values.ts'
import { showmount } from './families/showmount.ts'
import { ss } from './families/ss.ts'
import { swapon } from './families/swapon.ts'
import { sysctl } from './families/sysctl.ts'
import { sysstat } from './families/sysstat.ts'
import { systemctlCat } from './families/systemctl-cat.ts'
import { systemctlDependencies } from './families/systemctl-dependencies.ts'
import { systemctlIs } from './families/systemctl-is.ts'
import { systemctlList } from './families/systemctl-list.ts'
import { systemctlShow } from './families/systemctl-show.ts'
import { systemctlStatus } from './families/systemctl-status.ts'
import { systemctlTimers } from './families/systemctl-timers.ts'
import { systemctlUnitFiles } from './families/systemctl-unit-files.ts'
import { tcpdump } from './families/tcpdump.ts'
import { top } from './families/top.ts'
import { ulimit } from './families/ulimit.ts'
import { uname } from './families/uname.ts'
import { uptime } from './families/uptime.ts'
import { vmstat } from './families/vmstat.ts'
import type { Parser } from './types.ts'

/** Every parser. Where no command is given the first that recognises the text reads it, so the more particular stand first. */
export const parsers: readonly Parser[] = [
  lineCount,
  selectedValues,
  systemctlStatus,
  systemctlList,
  systemctlIs,
  systemctlShow,
  top,
  ps,
  df,
  free,
  uptime,
  nproc,
  lsblk,
  swapon,
  iostat,
  sysstat,
  lsmod,
  clock,
  date,
  sysctl,
  osRelease,
  ls,
  ipAddress,
  ipRoute,
  ipRule,
  ss,
  ping,
  iptables,
  nft,
  haproxyStat,
  curl,
  crictl,
  ctr,
  docker,
  containers,
  kubectlOthers,
  kubectlList,
  kubectlObject,
  kubectlDescribe,
  gravityStatus,
  gravityPlan,
  planetStatus,
  gravityReport,
  kubeadmCerts,
  kubeadmPreflight,
  helm,
  rctl,
  etcdctl,
  opensslSClient,
  opensslX509,
  opensslVerify,
  netstat,
  ipNeigh,
  mount,
  vmstat,
  du,
  dns,
  chronySources,
  dmesg,
  conntrack,
  ipvsadm,
  firewallCmd,
  tcpdump,
  showmount,
  uname,
  ulimit,
  procFiles,
  systemctlUnitFiles,
  systemctlTimers,
  systemctlCat,
  systemctlDependencies,
  resolvConf,
  hostname,
  securityModules,
  kubeFiles,
  cniConfig,
  corefile,
  containerdConfig,
  opensslCrl,
  opensslDigest,
  opensslVersion,
  ifconfig,
  journalctl,
  logLines,
  scheduling,
  oomLog,
  haproxyLog,
  chiselLog,
  saltLog,
]
