import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'

/** Open files that a service may have without a limit of its own, and how many it has at first; a container's come from its runtime. */
const USUAL_FILES = 524_288
const USUAL_SOFT_FILES = 1_024
const CONTAINER_FILES = 1_048_576
/** Watches that a kubelet needs at the least, for the control groups of its pods. */
const LEAST_WATCHES = 64
/** Instances of inotify that a kubelet and what watches beside it need at the least. */
const LEAST_INSTANCES = 8

/** How many files a unit's processes may hold open: what they begin with, and what they may ask for. */
export const openFilesMaxOf = (
  unit: Unit | undefined,
  container?: object | undefined,
): { readonly soft: number; readonly hard: number } => {
  const set = unit?.definition.openFilesMax ?? (container !== undefined ? CONTAINER_FILES : undefined)
  return { soft: set ?? USUAL_SOFT_FILES, hard: set ?? USUAL_FILES }
}

/** How many threads a unit may have that says nothing of it. */
export const usualTasksMax = ({ memoryBytes }: Machine): number => Math.round(memoryBytes / 131_072 / 6.8)

/** Whether a unit may hold fewer files open than its work takes. */
export const isShortOfFiles = (machine: Machine, unit: Unit | undefined): boolean => {
  if (unit?.definition.openFilesMax === undefined) return false
  const containers =
    machine.runtime?.unit === unit.name
      ? machine.runtime.containers.filter(({ state }) => state === 'running').length
      : 0
  return unit.definition.openFilesMax < 24 + unit.tasks * 4 + containers * 8
}

/** What the kernel says to a kubelet that gets too few instances of inotify, or too few watches; `undefined` where there are enough. */
export const watchProblem = ({ sysctls }: Machine): string | undefined => {
  const instances = Number(sysctls.get('fs.inotify.max_user_instances') ?? LEAST_INSTANCES)
  const watches = Number(sysctls.get('fs.inotify.max_user_watches') ?? LEAST_WATCHES)
  if (instances < LEAST_INSTANCES) return 'inotify_init: too many open files'
  return watches < LEAST_WATCHES
    ? 'inotify_add_watch /sys/fs/cgroup/kubepods.slice: no space left on device'
    : undefined
}
