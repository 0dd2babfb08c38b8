import { readText } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'
import { K3S_DATA } from './k3s/k3s-data.ts'
import { settingsOf } from './read-settings.ts'

const K3S_CONTAINERD = `${K3S_DATA}/agent/etc/containerd/config.toml`

/** What the settings of a machine's containerd say to a key, wherever it stands; else the usual. */
export const runtimeSettingOf =
  (machine: Machine) =>
  (key: string, usual: string): string => {
    const config = settingsOf(machine, 'containerd.service') ?? readText(machine.files, K3S_CONTAINERD) ?? ''
    return new RegExp(`^\\s*${key}\\s*=\\s*"?([^"\\n]*?)"?\\s*$`, 'm').exec(config)?.[1] ?? usual
  }

/** The image of the processes that hold the namespaces of sandboxes. */
export const pauseImageOf = (machine: Machine): string =>
  runtimeSettingOf(machine)('sandbox_image', 'registry.k8s.io/pause:3.8')
