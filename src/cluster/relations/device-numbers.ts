const known: Readonly<Record<string, string>> = {
  null: '1, 3',
  zero: '1, 5',
  full: '1, 7',
  random: '1, 8',
  urandom: '1, 9',
  kmsg: '1, 11',
  tty: '5, 0',
  console: '5, 1',
  ptmx: '5, 2',
  'pts/ptmx': '5, 2',
  fuse: '10, 229',
}

const MINORS_OF_DISK = 16

/** The major and minor number of a device by its path, as `ls -l` writes them; `undefined` of one that is not known. */
export const deviceNumbers = (path: string): string | undefined => {
  const name = path.replace(/^\/dev\//, '')
  const terminal = /^tty(\d+)$/.exec(name)?.[1]
  const slave = /^pts\/(\d+)$/.exec(name)?.[1]
  if (slave !== undefined) return `136, ${slave}`
  if (terminal !== undefined) return `4, ${terminal}`
  const [, letter, part] = /^sd([a-z])(\d*)$/.exec(name) ?? []
  return letter === undefined
    ? known[name]
    : `8, ${(letter.charCodeAt(0) - 97) * MINORS_OF_DISK + Number(part)}`
}
