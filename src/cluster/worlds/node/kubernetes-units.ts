import { serviceFile, type UnitSetup } from './unit-setup.ts'

const containerd: UnitSetup = {
  name: 'containerd.service',
  text: serviceFile({
    description: 'containerd container runtime',
    docs: 'https://containerd.io',
    unit: ['After=network.target local-fs.target'],
    exec: '/usr/bin/containerd',
    type: 'notify',
    service: [
      'ExecStartPre=-/sbin/modprobe overlay',
      'Delegate=yes',
      'KillMode=process',
      'Restart=always',
      'RestartSec=5',
      'LimitNPROC=infinity',
      'LimitCORE=infinity',
      'LimitNOFILE=infinity',
      'TasksMax=infinity',
      'OOMScoreAdjust=-999',
    ],
  }),
  service: 'containerd',
  memoryMiB: 118,
  tasks: 24,
  cpuPercent: 1.2,
}

const kubelet: UnitSetup = {
  name: 'kubelet.service',
  path: '/etc/systemd/system/kubelet.service',
  text: serviceFile({
    description: 'kubelet: The Kubernetes Node Agent',
    docs: 'https://kubernetes.io/docs/',
    unit: ['Wants=network-online.target', 'After=network-online.target'],
    exec: '/usr/bin/kubelet',
    service: ['Restart=always', 'StartLimitInterval=0', 'RestartSec=10'],
  }),
  dropIns: {
    '/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf': [
      '# Note: This dropin only works with kubeadm and kubelet v1.11+',
      '[Service]',
      'Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"',
      'Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"',
      '# This is a file that "kubeadm init" and "kubeadm join" generates at runtime, populating the KUBELET_KUBEADM_ARGS variable dynamically',
      'EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env',
      '# This is a file that the user can use for overrides of the kubelet args as a last resort.',
      'EnvironmentFile=-/etc/default/kubelet',
      'ExecStart=',
      'ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS',
      '',
    ].join('\n'),
  },
  service: 'kubelet',
  memoryMiB: 104,
  tasks: 17,
  cpuPercent: 2.4,
}

const dockerd: UnitSetup = {
  name: 'docker.service',
  text: serviceFile({
    description: 'Docker Application Container Engine',
    docs: 'https://docs.docker.com',
    unit: [
      'After=network-online.target containerd.service time-set.target',
      'Wants=network-online.target containerd.service',
    ],
    exec: '/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock',
    type: 'notify',
    service: [
      'ExecReload=/bin/kill -s HUP $MAINPID',
      'RestartSec=2',
      'Restart=always',
      'StartLimitBurst=3',
      'StartLimitInterval=60s',
      'Delegate=yes',
      'KillMode=process',
    ],
  }),
  service: 'dockerd',
  memoryMiB: 62,
  tasks: 11,
  cpuPercent: 0.1,
}

/** A Docker engine beside the cluster's runtime, as many servers have one from before. */
export const dockerUnits: readonly UnitSetup[] = [dockerd]

/** The container runtime and the kubelet, as kubeadm sets a node up. */
export const kubernetesUnits: readonly UnitSetup[] = [containerd, kubelet]

/** What Rafay's management adds to each machine: its Salt minion and the tunnel to the controller. */
export const rafayUnits: readonly UnitSetup[] = [
  {
    name: 'salt-minion-rafay.service',
    path: '/etc/systemd/system/salt-minion-rafay.service',
    text: serviceFile({
      description: 'The Salt Minion (rafay)',
      docs: 'man:salt-minion(1) https://docs.saltproject.io/en/latest/contents.html',
      unit: ['After=network.target'],
      exec: '/opt/rafay/salt/bin/salt-minion -c /opt/rafay/salt/etc/salt',
      type: 'notify',
      service: ['KillMode=process', 'LimitNOFILE=8192', 'Restart=on-failure', 'RestartSec=15'],
    }),
    service: 'salt-minion',
    memoryMiB: 96,
    tasks: 9,
    cpuPercent: 0.3,
  },
  {
    name: 'chisel.service',
    path: '/etc/systemd/system/chisel.service',
    text: serviceFile({
      description: 'Rafay Chisel Tunnel Client',
      unit: ['Wants=network-online.target', 'After=network-online.target'],
      exec: '/usr/bin/chisel client $CHISEL_ARGS',
      service: ['EnvironmentFile=-/opt/rafay/chisel/chisel.env', 'Restart=always', 'RestartSec=5'],
    }),
    service: 'chisel',
    memoryMiB: 14,
    tasks: 8,
  },
]
