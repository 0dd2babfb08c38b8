import { readText } from '../files/file-tree.ts'
import type { FileTree } from '../world/file-node.ts'
import type { Machine } from '../world/machine.ts'

const settingsIn = (files: FileTree): readonly string[] =>
  [...files.keys()]
    .filter(path => /^\/(etc|lib|usr\/lib)\/modprobe\.d\/[^/]+\.conf$/.test(path))
    .sort()
    .flatMap(path => (readText(files, path) ?? '').split('\n'))

const plain = (name: string): string => name.replaceAll('-', '_')

/** The command that is to run instead of loading a module, by modprobe's settings. */
export const insteadOfModule = (files: FileTree, module: string): string | undefined =>
  settingsIn(files)
    .map(line => /^\s*install\s+(\S+)\s+(.+?)\s*$/.exec(line))
    .find(read => plain(read?.[1] ?? '') === module)?.[2]

/** Whether modprobe's settings keep a module from being loaded for somebody who does not name it himself. */
export const isBlacklisted = (files: FileTree, module: string): boolean =>
  settingsIn(files).some(line => plain(/^\s*blacklist\s+(\S+)/.exec(line)?.[1] ?? '') === module)

/** Whether the layers of containers cannot be mounted: their file system is not loaded, and settings keep the kernel from loading it when it is asked for. */
export const lacksOverlay = ({ files, modules, virtualization }: Machine): boolean =>
  virtualization !== 'lxc' &&
  modules.every(({ name }) => name !== 'overlay') &&
  (insteadOfModule(files, 'overlay') !== undefined || isBlacklisted(files, 'overlay'))
