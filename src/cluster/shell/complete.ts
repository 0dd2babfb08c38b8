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

/** What the last word of a line could be completed to: a command where one stands, otherwise a path. */
export const completeWord = (
  post: Post,
  { line, cwd }: { readonly line: string; readonly cwd: string },
): readonly string[] => {
  const word = /\S*$/.exec(line)?.[0] ?? ''
  const before = line.slice(0, line.length - word.length)
  const wantsCommand = /(^|[|;&(]|\bsudo)\s*$/.test(before) && !word.includes('/')
  if (wantsCommand) return startingWith(namesIn(post.machine.files, '/usr/bin'), word)
  return completePath(post, cwd, word)
}
