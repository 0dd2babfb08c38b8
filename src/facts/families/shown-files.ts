import type { CommandWords } from '../types.ts'

const showing = [
  'cat',
  'less',
  'more',
  'head',
  'tail',
  'grep',
  'egrep',
  'zcat',
  'zgrep',
  'fgrep',
  'bat',
  'sed',
  'view',
]

/** The paths that a command shows the content of; none for a command that shows no files. */
export const shownFiles = (argv: CommandWords): readonly string[] =>
  showing.includes(argv[0] ?? '')
    ? argv.slice(1).filter(word => word.includes('/') || word.includes('.'))
    : []

/** Tells whether a command shows a file whose path fits. */
export const shows = (argv: CommandWords, path: RegExp): boolean =>
  shownFiles(argv).some(file => path.test(file))
