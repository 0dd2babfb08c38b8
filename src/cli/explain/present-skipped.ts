const MOST_NAMED = 10

const archive = /\.(?:tar(?:\.\w+)?|tgz|tbz2?|txz|zip|7z|xz|zst|bz2)$/i

const sentence = (file: string): string =>
  archive.test(file)
    ? `runtree: ${file} is an archive and was left out; unpack it and name the folder`
    : `runtree: ${file} is no text, or cannot be read, and was left out`

/** What is said of the files that were left out: archives first, since those can be unpacked; many are counted. */
export const presentSkipped = (files: readonly string[]): readonly string[] => {
  const sorted = files.toSorted((a, b) => Number(archive.test(b)) - Number(archive.test(a)))
  const rest = files.length - MOST_NAMED
  return [
    ...sorted.slice(0, MOST_NAMED).map(sentence),
    ...(rest > 0 ? [`runtree: ${rest} more files are no text and were left out (--json lists all)`] : []),
  ]
}
