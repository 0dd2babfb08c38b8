import { existsSync, globSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const words = (rest: string): readonly string[] =>
  [...rest.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')

/** A name that a person could mean: no pattern, no negation. */
const isName = (word: string): boolean => /^[\w.][\w.@-]*$/.test(word)

const MOST_DEPTH = 3

const hostsIn = (file: string, folder: string, depth: number): readonly string[] =>
  readText(file)
    .split(/\r?\n/)
    .flatMap(line => {
      const [, keyword = '', rest = ''] = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*)$/.exec(line) ?? []
      const kind = keyword.toLowerCase()
      if (kind === 'host') return words(rest).filter(isName)
      if (kind !== 'include' || depth >= MOST_DEPTH) return []
      return words(rest)
        .map(path => path.replace(/^~(?=\/)/, join(folder, '..')))
        .map(path => (isAbsolute(path) ? path : join(folder, path)))
        .flatMap(pattern => globSync(pattern))
        .flatMap(path => hostsIn(path, folder, depth + 1))
    })

/**
 * The machines that the operator's own ssh configuration names (ssh_config(5): `Host` lines without patterns, `Include` followed),
 * in its order, each once. None without such a file.
 */
export const listSshHosts = (home: string | undefined): readonly string[] => {
  if (home === undefined) return []
  const folder = join(home, '.ssh')
  const file = join(folder, 'config')
  return existsSync(file) ? [...new Set(hostsIn(file, folder, 0))] : []
}
