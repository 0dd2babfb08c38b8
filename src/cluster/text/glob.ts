const PARTS = /\\[\s\S]|\[[!^]?\]?[^\]]*\]|[\s\S]/g

const plain = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** The letters of a set; a range that runs backwards holds none. */
const lettersOf = (text: string): string =>
  text
    .replace(/([\s\S])-([\s\S])/g, (range, from: string, to: string) => (from <= to ? range : ''))
    .replace(/[\\\][^]/g, '\\$&')

const partOf = (part: string): string => {
  if (part === '*') return '[\\s\\S]*'
  if (part === '?') return '[\\s\\S]'
  if (part.length > 1 && part.startsWith('\\')) return plain(part.slice(1))
  const set = /^\[([!^]?)([\s\S]+)\]$/.exec(part)
  return set === null ? plain(part) : `[${set[1] === '' ? '' : '^'}${lettersOf(set[2] ?? '')}]`
}

/** The pattern that a glob of fnmatch(3) stands for: `*`, `?`, `[a-z]`, `[!x]`; a bracket that is never closed is itself. */
export const globOf = (glob: string, flags = ''): RegExp =>
  new RegExp(`^${glob.replace(PARTS, partOf)}$`, flags)
