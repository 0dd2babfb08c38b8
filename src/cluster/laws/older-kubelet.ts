/** A line of the kubelet: where in its source, and what. */
export type KubeletLine = {
  readonly source: string
  readonly text: string
  /** When it was, if that is not now. */
  readonly atMs?: number
}

type Fields = Readonly<Record<string, string>>

const HEAD = /^"((?:[^"\\]|\\.)*)"/
const FIELD = / (\w+)="((?:[^"\\]|\\.)*)"/g

const plain = (quoted: string): string => quoted.replace(/\\(["\\])/g, '$1').replace(/\\n/g, '\n')

const fieldsOf = (text: string): Fields =>
  Object.fromEntries(
    [...text.matchAll(FIELD)].map(([, key = '', value = '']) => [key, plain(value)] as const),
  )

/** `web-1_shop(UID)`, of `shop/web-1`. */
const fullName = ({ pod = '', podUID = '' }: Fields): string => {
  const [namespace = '', name = ''] = pod.split('/')
  return `${name}_${namespace}(${podUID})`
}

const older: Readonly<Record<string, (fields: Fields) => KubeletLine>> = {
  'Probe failed': fields => ({
    source: 'prober.go:112',
    text: `${fields.probeType} probe for "${fullName(fields)}:${fields.containerName}" failed (failure): ${fields.output?.trimEnd()}`,
  }),
  'Error syncing pod, skipping': fields => ({
    source: 'pod_workers.go:190',
    text: `Error syncing pod ${fields.podUID} ("${fullName(fields)}"), skipping: ${fields.err}`,
  }),
  'RunPodSandbox from runtime service failed': ({ err }) => ({
    source: 'remote_runtime.go:109',
    text: `RunPodSandbox from runtime service failed: ${err}`,
  }),
  'PullImage from image service failed': ({ image, err }) => ({
    source: 'remote_image.go:113',
    text: `PullImage "${image}" from image service failed: ${err}`,
  }),
  'Failed to pull image': ({ image, err }) => ({
    source: 'kuberuntime_image.go:51',
    text: `Pull image "${image}" failed: ${err}`,
  }),
  'Error updating node status, will retry': ({ err }) => ({
    source: 'kubelet_node_status.go:380',
    text: `Error updating node status, will retry: ${err}`,
  }),
  'Unable to update node status': ({ err }) => ({
    source: 'kubelet_node_status.go:367',
    text: `Unable to update node status: ${err}`,
  }),
  'Eviction manager: failed to get summary stats': ({ err }) => ({
    source: 'eviction_manager.go:247',
    text: `eviction manager: failed to get summary stats: ${err}`,
  }),
  'Eviction manager: attempting to reclaim': ({ resourceName }) => ({
    source: 'eviction_manager.go:346',
    text: `eviction manager: attempting to reclaim ${resourceName}`,
  }),
  'Eviction manager: must evict pod(s) to reclaim': ({ resourceName }) => ({
    source: 'eviction_manager.go:357',
    text: `eviction manager: must evict pod(s) to reclaim ${resourceName}`,
  }),
  'Eviction manager: eviction thresholds have been met, but no pods are active to evict': () => ({
    source: 'eviction_manager.go:362',
    text: 'eviction manager: eviction thresholds have been met, but no pods are active to evict',
  }),
  'Eviction manager: cannot evict a critical pod': ({ pod }) => ({
    source: 'eviction_manager.go:560',
    text: `eviction manager: cannot evict a critical pod ${pod}`,
  }),
  'Eviction manager: unable to evict any pods from the node': () => ({
    source: 'eviction_manager.go:402',
    text: 'eviction manager: unable to evict any pods from the node',
  }),
  'Image garbage collection failed multiple times in a row': ({ err }) => ({
    source: 'kubelet.go:1278',
    text: `Image garbage collection failed multiple times in a row: ${err}`,
  }),
  'Image garbage collection failed once. Stats initialization may not have completed yet': ({ err }) => ({
    source: 'kubelet.go:1274',
    text: `Image garbage collection failed once. Stats initialization may not have completed yet: ${err}`,
  }),
  'Could not process manifest file': ({ path, err }) => ({
    source: 'file.go:187',
    text: `Can't process manifest file "${path}": ${err}`,
  }),
}

/** A line as a kubelet wrote it before its lines had keys and values: before release 1.20. */
export const inOlderWords = (line: KubeletLine): KubeletLine => {
  const head = HEAD.exec(line.text)?.[1] ?? ''
  return older[head]?.(fieldsOf(line.text)) ?? line
}
