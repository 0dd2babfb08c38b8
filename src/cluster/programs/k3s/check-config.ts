import { readText } from '../../files/file-tree.ts'
import { K3S_PROGRAMS } from '../../relations/runtime-folders.ts'
import type { Call, Reply } from '../../shell/program.ts'

const options = [
  'CGROUP_CPUACCT',
  'CGROUP_DEVICE',
  'CGROUP_FREEZER',
  'CGROUP_SCHED',
  'CPUSETS',
  'MEMCG',
  'KEYS',
  'VETH (as module)',
  'BRIDGE (as module)',
  'BRIDGE_NETFILTER (as module)',
  'IP_NF_FILTER (as module)',
  'IP_NF_TARGET_MASQUERADE (as module)',
  'NETFILTER_XT_MATCH_ADDRTYPE (as module)',
  'NETFILTER_XT_MATCH_CONNTRACK (as module)',
  'NETFILTER_XT_MATCH_IPVS (as module)',
  'NETFILTER_XT_MATCH_COMMENT (as module)',
  'NETFILTER_XT_MATCH_MULTIPORT (as module)',
  'IP_NF_NAT (as module)',
  'NF_NAT (as module)',
  'POSIX_MQUEUE',
]

/** `k3s check-config`: what the system offers of that which k3s wants. */
export const checkConfig = ({ machine }: Call): Reply => {
  const controllers = readText(machine.files, '/sys/fs/cgroup/cgroup.controllers') ?? ''
  const lacking = ['cpuset', 'cpu', 'io', 'memory', 'pids'].filter(
    name => !controllers.split(/\s+/).includes(name),
  )
  const swap = machine.swap.length > 0 ? '- swap: should be disabled' : '- swap: disabled'
  const status = lacking.length > 0 ? `STATUS: ${lacking.length} (fail)` : 'STATUS: pass'
  return {
    stdout: [
      '',
      `Verifying binaries in ${K3S_PROGRAMS}:`,
      '- sha256sum: good',
      '- links: good',
      '',
      'System:',
      '- /usr/sbin iptables v1.8.7 (nf_tables): ok',
      swap,
      '- routes: ok',
      '',
      'Limits:',
      '- /proc/sys/kernel/keys/root_maxkeys: 1000000',
      '',
      'Generally Necessary:',
      `- cgroup hierarchy: cgroups V2 mounted, cpu|cpuset|memory controllers status: ${lacking.length === 0 ? 'good' : `bad (${lacking.join(', ')} missing)`}`,
      '- /usr/sbin/apparmor_parser',
      'apparmor: enabled and tools installed',
      ...options.map(
        option =>
          `- CONFIG_${option.replace(' (as module)', '')}: enabled${option.endsWith('(as module)') ? ' (as module)' : ''}`,
      ),
      '',
      `Optional Features:`,
      '- CONFIG_USER_NS: enabled',
      '- CONFIG_SECCOMP: enabled',
      '- Network Drivers:',
      '  - "overlay":',
      '    - CONFIG_VXLAN: enabled (as module)',
      '',
      status,
      '',
    ].join('\n'),
    exit: lacking.length > 0 ? 1 : 0,
  }
}
