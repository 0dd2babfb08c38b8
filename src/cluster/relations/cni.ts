import { namesIn, nodeAt, readText } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'
import { settingsOf } from './read-settings.ts'

/** The network configuration that the runtime would use: the first file of the folder that ends rightly. */
export type CniConfig = { readonly path: string; readonly name: string; readonly plugins: readonly string[] }

const DEFAULT_FOLDER = '/etc/cni/net.d'
const DEFAULT_BIN = '/opt/cni/bin'
const K3S_CONTAINERD = '/var/lib/rancher/k3s/agent/etc/containerd/config.toml'

const folders = (machine: Machine): { readonly conf: string; readonly bin: string } => {
  const config = settingsOf(machine, 'containerd.service') ?? readText(machine.files, K3S_CONTAINERD) ?? ''
  return {
    conf: /^\s*conf_dir\s*=\s*"([^"]+)"/m.exec(config)?.[1] ?? DEFAULT_FOLDER,
    bin: /^\s*bin_dir\s*=\s*"([^"]+)"/m.exec(config)?.[1] ?? DEFAULT_BIN,
  }
}

type ReadConfig = { readonly name: string; readonly plugins: string[] }

const read = new Map<string, ReadConfig | undefined>()
const MOST_READ = 200

const readConfig = (text: string): ReadConfig | undefined => {
  if (read.has(text)) return read.get(text)
  if (read.size >= MOST_READ) read.clear()
  const config = parseConfig(text)
  read.set(text, config)
  return config
}

const parseConfig = (text: string): ReadConfig | undefined => {
  try {
    const config = JSON.parse(text)
    const plugins = (config.plugins ?? [config]).map((plugin: { type?: string }) => plugin.type ?? '')
    return plugins.length === 0 ? undefined : { name: config.name ?? '', plugins }
  } catch {
    return undefined
  }
}

/** The network configuration of a machine's runtime; `undefined` when there is no usable one. */
export const cniConfigOf = (machine: Machine): CniConfig | undefined => {
  const folder = folders(machine).conf
  for (const name of namesIn(machine.files, folder)) {
    if (!/\.(conf|conflist|json)$/.test(name)) continue
    const path = `${folder}/${name}`
    const config = readConfig(readText(machine.files, path) ?? '')
    if (config !== undefined) return { path, ...config }
  }
  return undefined
}

/** The message of the condition NetworkReady while no network is configured. */
export const cniNotReady =
  'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized'

/** What is said of the first plugin that the configuration names and that is not there or may not be executed. */
export const pluginProblem = (machine: Machine): string | undefined => {
  const folder = folders(machine).bin
  for (const plugin of cniConfigOf(machine)?.plugins ?? []) {
    const node = nodeAt(machine.files, `${folder}/${plugin}`)
    const failed = `plugin type="${plugin}" failed (add):`
    if (node === undefined) return `${failed} failed to find plugin "${plugin}" in path [${folder}]`
    if ((node.mode & 0o111) === 0)
      return `${failed} netplugin failed with no error message: fork/exec ${folder}/${plugin}: permission denied`
  }
  return undefined
}
