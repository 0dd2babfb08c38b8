import { cniConfigOf } from '../../relations/cni.ts'
import { pauseImageOf, runtimeSettingOf } from '../../relations/runtime-settings.ts'
import type { Command } from './crictl-changes.ts'

/** `crictl info`: the conditions of the runtime and the settings that it works with. */
export const showRuntime: Command = ({ machine }, runtime) => {
  const told = runtimeSettingOf(machine)
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
      sandboxImage: pauseImageOf(machine),
      containerdEndpoint: runtime.socket,
    },
    golang: 'go1.20.13',
    lastCNILoadStatus: isNetworked
      ? 'OK'
      : `cni config load failed: no network config found in ${told('conf_dir', '/etc/cni/net.d')}: cni plugin not initialized: failed to load cni config`,
  }
  return { stdout: `${JSON.stringify(body, undefined, 2)}\n` }
}
