import { readText } from '../../files/file-tree.ts'
import { cniConfigOf } from '../../relations/cni.ts'
import { K3S_DATA } from '../../relations/k3s/k3s-data.ts'
import { settingsOf } from '../../relations/read-settings.ts'
import type { Command } from './crictl-changes.ts'

const K3S_CONTAINERD = `${K3S_DATA}/agent/etc/containerd/config.toml`

/** What settings of containerd say to a key, wherever it stands; else the usual. */
const toldIn =
  (config: string) =>
  (key: string, usual: string): string =>
    new RegExp(`^\\s*${key}\\s*=\\s*"?([^"\\n]*?)"?\\s*$`, 'm').exec(config)?.[1] ?? usual

/** `crictl info`: the conditions of the runtime and the settings that it works with. */
export const showRuntime: Command = ({ machine }, runtime) => {
  const told = toldIn(
    settingsOf(machine, 'containerd.service') ?? readText(machine.files, K3S_CONTAINERD) ?? '',
  )
  const isNetworked = cniConfigOf(machine) !== undefined
  const conditions = [
    { type: 'RuntimeReady', status: true, reason: '', message: '' },
    {
      type: 'NetworkReady',
      status: isNetworked,
      reason: isNetworked ? '' : 'NetworkPluginNotReady',
      message: isNetworked ? '' : 'Network plugin returns error: cni plugin not initialized',
    },
  ]
  const body = {
    status: { conditions },
    cniconfig: {
      PluginDirs: [told('bin_dir', '/opt/cni/bin')],
      PluginConfDir: told('conf_dir', '/etc/cni/net.d'),
    },
    config: {
      containerd: {
        snapshotter: told('snapshotter', 'overlayfs'),
        defaultRuntimeName: told('default_runtime_name', 'runc'),
        runtimes: {
          runc: {
            runtimeType: told('runtime_type', 'io.containerd.runc.v2'),
            options: { SystemdCgroup: told('SystemdCgroup', 'false') === 'true' },
          },
        },
      },
      sandboxImage: told('sandbox_image', 'registry.k8s.io/pause:3.8'),
      containerdEndpoint: runtime.socket,
    },
    golang: 'go1.20.13',
    lastCNILoadStatus: isNetworked
      ? 'OK'
      : `cni config load failed: no network config found in ${told('conf_dir', '/etc/cni/net.d')}: cni plugin not initialized: failed to load cni config`,
  }
  return { stdout: `${JSON.stringify(body, undefined, 2)}\n` }
}
