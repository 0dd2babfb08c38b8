import { CONTAINERD_MS, UP_MS } from '../../services/k3s/start-lines.ts'
import { serviceFile, type UnitSetup } from '../node/unit-setup.ts'

/** The line that makes the device file anew before each start: a container loses it with each boot. */
export const KMSG_LINE = 'ExecStartPre=-/bin/bash -c "rm -f /dev/kmsg && ln -sf /dev/console /dev/kmsg"'

const common = (environmentFile: string): readonly string[] => [
  'EnvironmentFile=-/etc/default/%N',
  'EnvironmentFile=-/etc/sysconfig/%N',
  `EnvironmentFile=-${environmentFile}`,
  'KillMode=process',
  'Delegate=yes',
  'LimitNOFILE=1048576',
  'LimitNPROC=infinity',
  'LimitCORE=infinity',
  'TasksMax=infinity',
  'TimeoutStartSec=0',
  'Restart=always',
  'RestartSec=5s',
  KMSG_LINE,
  'ExecStartPre=-/sbin/modprobe br_netfilter',
  'ExecStartPre=-/sbin/modprobe overlay',
]

const k3sUnit = (name: 'k3s' | 'k3s-agent', exec: string): UnitSetup => ({
  name: `${name}.service`,
  path: `/etc/systemd/system/${name}.service`,
  text: serviceFile({
    description: 'Lightweight Kubernetes',
    docs: 'https://k3s.io',
    unit: ['Wants=network-online.target', 'After=network-online.target'],
    exec,
    type: 'notify',
    service: common(`/etc/systemd/system/${name}.service.env`),
  }),
  service: name,
  start: { forksAfterMs: CONTAINERD_MS, takesMs: UP_MS[name === 'k3s' ? 'server' : 'agent'] },
  memoryMiB: name === 'k3s' ? 1_240 : 412,
  tasks: name === 'k3s' ? 148 : 74,
  cpuPercent: name === 'k3s' ? 9.4 : 3.1,
})

/** The unit of a k3s server. */
export const k3sServerUnit = k3sUnit('k3s', '/usr/local/bin/k3s server')

/** The unit of a k3s agent. */
export const k3sAgentUnit = k3sUnit('k3s-agent', '/usr/local/bin/k3s agent')

/** The watcher that takes marks off nodes that are back: a service that runs once, and its timer. */
export const watcherUnits: readonly UnitSetup[] = [
  {
    name: 'k3s-node-watcher.service',
    path: '/etc/systemd/system/k3s-node-watcher.service',
    text: serviceFile({
      description: 'K3s Node Watcher',
      unit: ['After=k3s.service'],
      exec: '/usr/local/bin/k3s-node-watcher.sh',
      type: 'oneshot',
      wantedBy: '',
    }),
    stands: 'dead',
    isDisabled: true,
  },
  {
    name: 'k3s-node-watcher.timer',
    path: '/etc/systemd/system/k3s-node-watcher.timer',
    text: '[Unit]\nDescription=Run K3s Node Watcher every two minutes\n\n[Timer]\nOnBootSec=2min\nOnUnitActiveSec=2min\n\n[Install]\nWantedBy=timers.target\n',
    stands: 'other',
  },
]

/** HAProxy as Ubuntu packages it. */
export const haproxyUnit: UnitSetup = {
  name: 'haproxy.service',
  text: serviceFile({
    description: 'HAProxy Load Balancer',
    docs: 'man:haproxy(1) file:/usr/share/doc/haproxy/configuration.txt.gz',
    unit: ['After=network-online.target rsyslog.service', 'Wants=network-online.target'],
    exec: '/usr/sbin/haproxy -Ws -f $CONFIG -p $PIDFILE $EXTRAOPTS',
    type: 'notify',
    service: [
      'EnvironmentFile=-/etc/default/haproxy',
      'EnvironmentFile=-/etc/sysconfig/haproxy',
      'Environment="CONFIG=/etc/haproxy/haproxy.cfg" "PIDFILE=/run/haproxy.pid" "EXTRAOPTS=-S /run/haproxy-master.sock"',
      'ExecReload=/usr/sbin/haproxy -Ws -f $CONFIG -c -q $EXTRAOPTS',
      'KillMode=mixed',
      'Restart=always',
      'SuccessExitStatus=143',
    ],
  }),
  service: 'haproxy',
  memoryMiB: 38,
  tasks: 3,
  cpuPercent: 0.4,
}
