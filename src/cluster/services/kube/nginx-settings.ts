import { namesIn, readText } from '../../files/file-tree.ts'
import type { FileTree } from '../../world/file-node.ts'

const MAIN = '/etc/nginx/nginx.conf'
const SITES = '/etc/nginx/conf.d'

/** On which ports nginx listens by its files, and where its pages lie. */
export type NginxSettings = { readonly ports: readonly number[]; readonly root: string }

/** The files of nginx's settings that are there, the main one first. */
export const nginxSettingFiles = (files: FileTree): readonly string[] => {
  const main = readText(files, MAIN) ?? ''
  const sites = namesIn(files, SITES).filter(name => name.endsWith('.conf'))
  return [MAIN, ...(main.includes(`${SITES}/*.conf`) ? sites.map(name => `${SITES}/${name}`) : [])]
}

/** Reads `listen` and `root` as far as they are given in words of their own; of several roots the first. */
export const nginxSettings = (files: FileTree): NginxSettings => {
  const text = nginxSettingFiles(files)
    .map(path => readText(files, path) ?? '')
    .join('\n')
    .replace(/#.*$/gm, '')
  const ports = [...text.matchAll(/\blisten\s+(?:[\d.]+:|\[::\]:)?(\d+)/g)].map(([, port]) => Number(port))
  return {
    ports: ports.length === 0 ? [80] : [...new Set(ports)],
    root: /\broot\s+([^;\s]+)/.exec(text)?.[1] ?? '/etc/nginx/html',
  }
}
