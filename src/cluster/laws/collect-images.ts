import { minorOf } from '../kube/minor-version.ts'
import { filesystemOf, filesystemUse } from '../relations/filesystem-use.ts'
import { readKubeletSettings } from '../relations/kubelet-settings.ts'
import { imageStoreOf } from '../relations/runtime-folders.ts'
import { isRuntimeUp } from '../relations/runtime-problem.ts'
import type { Machine } from '../world/machine.ts'
import { type Kubelet, kubeletReports, kubeletSays, kubelets } from './kubelet.ts'
import type { Law } from './law.ts'
import { nodeOf } from './register-node.ts'

const PERIOD_MS = 300_000
const HIGH_PERCENT = 85
const LOW_PERCENT = 80
/** The first release that tells of the images that it found. */
const TELLS_FOUND = 27

/** Takes away the images that no container uses; how many bytes that frees. */
export const removeUnusedImages = ({ runtime }: Machine): number => {
  if (runtime === undefined) return 0
  const used = new Set(runtime.containers.map(container => container.image))
  const isKept = ({ isPinned, tags }: (typeof runtime.images)[number]): boolean =>
    isPinned === true || tags.some(tag => used.has(tag) || tag.includes('pause'))
  const freed = runtime.images.reduce((sum, image) => (isKept(image) ? sum : sum + image.sizeBytes), 0)
  if (freed > 0) runtime.images = runtime.images.filter(isKept)
  return freed
}

const failureText = (kubelet: Kubelet, wanted: number, freed: number): string =>
  minorOf(kubelet.world) < TELLS_FOUND
    ? `failed to garbage collect required amount of images. Wanted to free ${wanted} bytes, but freed ${freed} bytes`
    : `Failed to garbage collect required amount of images. Attempted to free ${wanted} bytes, but only found ${freed} bytes eligible to free.`

const failed = (kubelet: Kubelet, message: string): void => {
  const timers = kubelet.machine.runtime?.timers ?? {}
  const node = nodeOf(kubelet)
  const isFirst = timers.imagesFailed === undefined
  timers.imagesFailed = kubelet.world.nowMs
  kubeletSays(kubelet, 'E', {
    source: isFirst ? 'kubelet.go:1402' : 'kubelet.go:1406',
    text: isFirst
      ? `"Image garbage collection failed once. Stats initialization may not have completed yet" err="${message}"`
      : `"Image garbage collection failed multiple times in a row" err="${message}"`,
  })
  if (node === undefined) return
  kubeletReports(kubelet, node, { type: 'Warning', reason: 'FreeDiskSpaceFailed', message })
  if (!isFirst) kubeletReports(kubelet, node, { type: 'Warning', reason: 'ImageGCFailed', message })
}

const collect = (kubelet: Kubelet): void => {
  const { host, machine } = kubelet
  const filesystem = filesystemOf(host, imageStoreOf(machine.runtime))
  const timers = machine.runtime?.timers ?? {}
  if (filesystem === undefined || !isRuntimeUp(machine)) return
  const settings = readKubeletSettings(machine)
  const high = Number(settings?.imageGCHighThresholdPercent ?? HIGH_PERCENT)
  const low = Number(settings?.imageGCLowThresholdPercent ?? LOW_PERCENT)
  const available =
    filesystem.sizeBytes - filesystem.reservedBytes - filesystemUse(host, filesystem).usedBytes
  const usedPercent = 100 - Math.floor((Math.max(0, available) * 100) / filesystem.sizeBytes)
  if (high >= 100 || usedPercent < high) {
    delete timers.imagesFailed
    return
  }
  const wanted = Math.floor((filesystem.sizeBytes * (100 - low)) / 100) - available
  kubeletSays(kubelet, 'I', {
    source: 'image_gc_manager.go:310',
    text: `"Disk usage on image filesystem is over the high threshold, trying to free bytes down to the low threshold" usage=${usedPercent} highThreshold=${high} amountToFree=${wanted} lowThreshold=${low}`,
  })
  const freed = removeUnusedImages(machine)
  if (freed < wanted) failed(kubelet, failureText(kubelet, wanted, freed))
  else delete timers.imagesFailed
}

/** Every five minutes a kubelet makes room among its images where their filesystem is nearly full, and tells when it cannot. */
export const collectImages: Law = world => {
  for (const kubelet of kubelets(world)) {
    const timers = kubelet.machine.runtime?.timers ?? {}
    const startedMs = kubelet.unit.startedMs ?? 0
    const round = Math.floor((world.nowMs - startedMs) / PERIOD_MS)
    if (round < 1 || timers.imagesRound === startedMs + round * PERIOD_MS) continue
    timers.imagesRound = startedMs + round * PERIOD_MS
    collect(kubelet)
  }
}
