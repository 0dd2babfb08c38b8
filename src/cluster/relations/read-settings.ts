import { readText } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'

/** The file of settings that k3s reads beside its command line. */
export const K3S_CONFIG = '/etc/rancher/k3s/config.yaml'

/** Programs that read a file of settings when they start and never again, by their units. */
export const settingsFiles: Readonly<Record<string, string>> = {
  'containerd.service': '/etc/containerd/config.toml',
  'k3s.service': K3S_CONFIG,
  'k3s-agent.service': K3S_CONFIG,
}

/** The settings that a unit's program works with: those of its start while it runs, those of the file before. */
export const settingsOf = (machine: Machine, unitName: keyof typeof settingsFiles): string | undefined => {
  const unit = machine.units.get(unitName)
  const isRunning = unit !== undefined && unit.mainPid !== 0
  return isRunning && unit.settings !== undefined && unit.settings.startedMs === unit.startedMs
    ? unit.settings.text
    : readText(machine.files, settingsFiles[unitName] ?? '')
}
