import type { Service } from '../service.ts'
import { busybox, plainJob } from './app-shell.ts'
import { appWeb, appWorker } from './apps.ts'
import { calicoKubeControllers, calicoNode } from './calico.ts'
import { containerd } from './containerd.ts'
import { coredns } from './coredns.ts'
import { dockerd } from './dockerd.ts'
import { kubeControllerManager, kubeScheduler } from './elected.ts'
import { etcd } from './etcd-releases.ts'
import { kubeApiserver } from './kube-apiserver.ts'
import { kubelet } from './kubelet.ts'
import { metricsServer } from './metrics-server.ts'
import { kubeProxy, localPathProvisioner } from './network-agents.ts'
import { nginx } from './nginx.ts'
import { postgres, redis } from './stock-apps.ts'

/** The services of Kubernetes: units of nodes and containers of pods. */
export const kubeServices: Readonly<Record<string, Service>> = {
  kubelet,
  containerd,
  dockerd,
  etcd,
  'kube-apiserver': kubeApiserver,
  'kube-controller-manager': kubeControllerManager,
  'kube-scheduler': kubeScheduler,
  coredns,
  'kube-proxy': kubeProxy,
  'calico-node': calicoNode,
  'calico-kube-controllers': calicoKubeControllers,
  'metrics-server': metricsServer,
  'local-path-provisioner': localPathProvisioner,
  postgres,
  redis,
  nginx,
  busybox,
  'plain-job': plainJob,
  'app-web': appWeb,
  'app-worker': appWorker,
}
