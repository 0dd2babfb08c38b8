import { numberOf } from '../../kube/quantity.ts'
import { specOf } from '../../laws/pods/run-containers.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'
import { readFileText } from './read-file.ts'

const table: OptionTable = {
  n: 'lines=',
  lines: 'lines=',
  c: 'bytes=',
  bytes: 'bytes=',
  f: 'follow',
  follow: 'follow?',
  F: 'follow-name',
  retry: 'retry',
  q: 'quiet',
  quiet: 'quiet',
  silent: 'quiet',
  v: 'verbose',
  verbose: 'verbose',
  s: 'sleep=',
  pid: 'pid=',
  z: 'zero',
}

const lastLines = (text: string, count: number): string => {
  const lines = text.split('\n')
  const isWhole = lines.at(-1) === ''
  const kept = (isWhole ? lines.slice(0, -1) : lines).slice(count === 0 ? Infinity : -count)
  return kept.length === 0 ? '' : `${kept.join('\n')}${isWhole ? '\n' : ''}`
}

const cut = ({ options }: ReadOptions, text: string): string => {
  const bytes = options.get('bytes')?.at(-1)
  if (bytes !== undefined)
    return bytes.startsWith('+')
      ? text.slice(Number(bytes) - 1)
      : text.slice(-Number(bytes.replace(/^-/, '')))
  const lines = options.get('lines')?.at(-1) ?? '10'
  if (lines.startsWith('+'))
    return text
      .split('\n')
      .slice(Number(lines) - 1)
      .join('\n')
  return lastLines(text, Number(lines.replace(/^-/, '')))
}

const followFile = (call: Call, word: string) => {
  const now = (): string => {
    const found = readFileText(call, word)
    return 'text' in found ? found.text : ''
  }
  let seen = now()
  return () => {
    const text = now()
    const fresh = text.startsWith(seen)
      ? text.slice(seen.length)
      : text.length < seen.length
        ? `tail: ${word}: file truncated\n${text}`
        : text
    seen = text
    return fresh
  }
}

const PAGE = 4096

/** Reads what has no end: of a container with a limit it takes more memory than that has. */
const hoard = ({ world, container }: Call): Reply => {
  const limit = container && numberOf(specOf(world, container)?.resources?.limits?.memory)
  if (container !== undefined && limit) container.memoryBytes = limit + PAGE
  return { follow: { next: () => '' } }
}

/** tail(1) of GNU coreutils; `-f` and `-F` go on with what is written. */
export const tail: Program = {
  names: ['tail'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const args = call.args.map(arg =>
      /^-\d+$/.test(arg) ? `-n${arg.slice(1)}` : /^-\d+f$/.test(arg) ? `-fn${arg.slice(1, -1)}` : arg,
    )
    const read = readOptions(table, args)
    const problem = unknownOption('tail', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const { words, options } = read
    if (words.length === 0) return { stdout: cut(read, call.stdin) }
    if (words.includes('/dev/zero')) return hoard(call)
    let stdout = ''
    let stderr = ''
    let exit = 0
    const found: string[] = []
    for (const word of words) {
      const file = word === '-' ? { text: call.stdin } : readFileText(call, word)
      if ('error' in file) {
        stderr +=
          file.error === 'Is a directory'
            ? `tail: error reading '${word}': Is a directory\n`
            : `tail: cannot open '${word}' for reading: ${file.error}\n`
        exit = 1
        continue
      }
      found.push(word)
      const hasHeader = (words.length > 1 || options.has('verbose')) && !options.has('quiet')
      stdout += `${hasHeader ? `${stdout === '' ? '' : '\n'}==> ${word} <==\n` : ''}${cut(read, file.text)}`
    }
    const isFollowing = options.has('follow') || options.has('follow-name')
    if (!isFollowing) return { stdout, stderr, exit }
    if (found.length === 0 && !options.has('follow-name'))
      return { stderr: `${stderr}tail: no files remaining\n`, exit: 1 }
    const followers = (options.has('follow-name') ? words : found).map(word => followFile(call, word))
    return { stdout, stderr, follow: { next: () => followers.map(next => next()).join('') } }
  },
}
