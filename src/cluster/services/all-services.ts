import { gravityServices } from './gravity/gravity-services.ts'
import { haproxy } from './haproxy/haproxy.ts'
import { k3sServices } from './k3s/k3s.ts'
import { rancherServices } from './k3s/rancher.ts'
import { kubeServices } from './kube/kube-services.ts'
import { withSecuredPorts } from './kube/secured-ports.ts'
import { rafayAgents } from './rafay/agents.ts'
import { chisel } from './rafay/chisel.ts'
import { saltMinion } from './rafay/salt-minion.ts'
import { resolved } from './resolved.ts'
import {
  chronyd,
  cron,
  firewalld,
  networkd,
  rsyslogd,
  sshd,
  systemdSysctl,
  systemdTmpfiles,
  ufwInit,
} from './server-services.ts'
import { registerServices } from './services.ts'

// How each kind of service behaves, by the name that units and containers give in `service`: known as soon as the room is loaded.
registerServices({
  sshd,
  chronyd,
  cron,
  rsyslogd,
  resolved,
  networkd,
  'systemd-sysctl': systemdSysctl,
  'systemd-tmpfiles': systemdTmpfiles,
  firewalld,
  ufw: ufwInit,
  ...rafayAgents,
  'salt-minion': saltMinion,
  chisel,
  ...gravityServices,
  haproxy,
  ...k3sServices,
  ...rancherServices,
  ...withSecuredPorts(kubeServices),
})
