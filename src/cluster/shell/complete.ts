import { namesIn, nodeAt } from '../files/file-tree.ts'
import { resolvePath } from '../files/paths.ts'
import type { Post } from './program.ts'

const startingWith = (names: readonly string[], start: string): readonly string[] =>
  names.filter(name => name.startsWith(start))

const completePath = (post: Post, cwd: string, word: string): readonly string[] => {
  const slash = word.lastIndexOf('/') + 1
  const folder = resolvePath(cwd, word.slice(0, slash))
  return startingWith(namesIn(post.machine.files, folder), word.slice(slash)).map(name => {
    const isFolder = nodeAt(post.machine.files, resolvePath(folder, name))?.kind === 'directory'
    return `${word.slice(0, slash)}${name}${isFolder ? '/' : ''}`
  })
}

/** A host that ssh or scp is to go to, with or without the user before it. */
const completeHost = (hosts: readonly string[], word: string): readonly string[] => {
  const at = word.lastIndexOf('@') + 1
  return startingWith(hosts, word.slice(at)).map(host => `${word.slice(0, at)}${host}`)
}

/** Where a line is typed: the post, its folder, and the hosts that can be gone to. */
export type Whereabouts = { readonly post: Post; readonly cwd: string; readonly hosts: readonly string[] }

/** What the last word of a line could be completed to: a command where one stands, a host after ssh and scp, otherwise a path. */
export const completeWord = (line: string, { post, cwd, hosts }: Whereabouts): readonly string[] => {
  const word = /\S*$/.exec(line)?.[0] ?? ''
  const before = line.slice(0, line.length - word.length)
  const wantsCommand = /(^|[|;&(]|\bsudo)\s*$/.test(before) && !word.includes('/')
  if (wantsCommand) return startingWith(namesIn(post.machine.files, '/usr/bin'), word)
  const paths = completePath(post, cwd, word)
  const wantsHost = /(?:^|[|;&(\s])(?:ssh|scp)\s(?:[^|;&]*\s)?$/.test(before)
  return wantsHost ? [...completeHost(hosts, word), ...paths] : paths
}
