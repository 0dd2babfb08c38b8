import type { Program } from '../shell/program.ts'
import { kubectl } from './kubectl/kubectl.ts'

/** The programs that look at Kubernetes, etcd, containers and certificates. */
export const kubePrograms: readonly Program[] = [kubectl]
