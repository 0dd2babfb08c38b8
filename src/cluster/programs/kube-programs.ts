import type { Program } from '../shell/program.ts'
import { chroot } from './chroot.ts'
import { etcdctl, etcdctl3 } from './etcdctl/etcdctl.ts'
import { haproxyProgram } from './haproxy/haproxy-program.ts'
import { socat } from './haproxy/socat.ts'
import { helm } from './helm/helm.ts'
import { k3sProgram } from './k3s/k3s-program.ts'
import { kubeadm } from './kubeadm/kubeadm.ts'
import { kubectl } from './kubectl/kubectl.ts'
import { crictl } from './runtime/crictl.ts'
import { ctr } from './runtime/ctr.ts'
import { docker } from './runtime/docker.ts'

/** The programs that look at Kubernetes, etcd, containers and certificates. */
export const kubePrograms: readonly Program[] = [
  chroot,
  crictl,
  ctr,
  docker,
  etcdctl,
  etcdctl3,
  haproxyProgram,
  helm,
  k3sProgram,
  kubeadm,
  kubectl,
  socat,
]
