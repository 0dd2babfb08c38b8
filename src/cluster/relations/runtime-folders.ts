import type { Machine } from '../world/machine.ts'
import { K3S_DATA } from './k3s/k3s-data.ts'

/** Where k3s unpacks the programs that it brings along. */
export const K3S_PROGRAMS = `${K3S_DATA}/data/current/bin`

/** Whether a runtime is the one that k3s brings along. */
const isOfK3s = (runtime: Machine['runtime']): boolean => runtime?.socket.startsWith('/run/k3s/') === true

/** Where containerd keeps its images, and where the one of k3s does. */
export const USUAL_STORE = '/var/lib/containerd'
export const K3S_STORE = `${K3S_DATA}/agent/containerd`

/** Where a runtime keeps its images. */
export const imageStoreOf = (runtime: Machine['runtime']): string => {
  if (runtime?.kind === 'docker') return '/var/lib/docker'
  return isOfK3s(runtime) ? K3S_STORE : USUAL_STORE
}

/** Where containerd keeps what lasts only until the next boot. */
export const runtimeStateOf = (runtime: Machine['runtime']): string =>
  isOfK3s(runtime) ? '/run/k3s/containerd' : '/run/containerd'

/** Where a runtime keeps what it pulled, a file for each image; Docker keeps no such files. */
export const blobFolderOf = (runtime: Machine['runtime']): string =>
  runtime?.kind === 'docker'
    ? `${imageStoreOf(runtime)}/overlay2`
    : `${imageStoreOf(runtime)}/io.containerd.content.v1.content/blobs/sha256`

const usual = ['/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/sbin', '/bin']

/** The folders in which a runtime looks for the programs that it calls, its own first. */
export const programFoldersOf = (runtime: Machine['runtime']): readonly string[] =>
  isOfK3s(runtime) ? [K3S_PROGRAMS] : usual

/** Where a kubelet keeps what belongs to its pods. */
export const POD_FOLDERS = '/var/lib/kubelet/pods'
