import { quoteWord } from '../quote-word.ts'
import { type Advice, type Advisers, operandsOf, saveOutput } from './advice.ts'

const nameOf = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) || 'root'

/** A copy of files with their owner, mode and times, each beside the others under a name of its own. */
const copies = (before: string, paths: readonly string[], file: string): Advice => {
  const kept = paths.map(path => ({ path, copy: quoteWord(`${file}-${nameOf(path)}`) }))
  if (kept.length === 0 || paths.some(path => path.startsWith('-'))) return {}
  return {
    undo: kept.map(({ path, copy }) => `${before}cp -a ${copy} ${quoteWord(path)}`).join('; '),
    saving: {
      line: kept.map(({ path, copy }) => `${before}cp -a ${quoteWord(path)} ${copy}`).join(' && '),
      keeps: `file:${paths.join(' ')}`,
    },
  }
}

/** What is written over may not be there yet. */
const copyIfThere = (before: string, paths: readonly string[], file: string): Advice | undefined => {
  const files = paths.filter(path => !path.startsWith('/dev/'))
  const { undo, saving } = copies(before, files, file)
  if (undo === undefined || saving === undefined) return undefined
  const lines = files.map(path => {
    const one = copies(before, [path], file).saving?.line ?? ''
    return `if ${before}test -e ${quoteWord(path)}; then ${one}; fi`
  })
  return {
    undo: `${undo}, or delete what was not there before.`,
    saving: { ...saving, line: lines.join(' && ') },
  }
}

const valuedBySed = ['-e', '--expression', '-f', '--file']

/** Files that are moved, edited, deleted or written over. */
export const fileAdvice: Advisers = {
  mv: ({ words, before }, file) => {
    const paths = operandsOf(words, ['-t', '--target-directory'])
    const sources = paths.slice(0, -1)
    const { saving } = copies(before, sources, file)
    const to = paths.at(-1) ?? ''
    const [first = ''] = sources
    const back = to.endsWith('/') || sources.length > 1 ? `${to.replace(/\/$/, '')}/${nameOf(first)}` : to
    return saving === undefined
      ? undefined
      : {
          undo:
            sources.length === 1 ? `${before}mv ${quoteWord(back)} ${quoteWord(first)}` : 'Move them back.',
          saving,
        }
  },
  sed: ({ words, before }, file) => {
    if (!words.some(word => /^(?:-[a-zA-Z]*i|--in-place)/.test(word))) return undefined
    const paths = operandsOf(words, valuedBySed)
    const hasScript = words.some(word => valuedBySed.includes(word) || word.startsWith('--expression='))
    return copies(before, hasScript ? paths : paths.slice(1), file)
  },
  rm: ({ words, before }, file) =>
    words.some(word => /^-[a-zA-Z]*[rR]|^--recursive/.test(word))
      ? { undo: 'Not possible: what is deleted is gone for good.' }
      : copyIfThere(before, operandsOf(words), file),
  cp: ({ words, before }, file) => copyIfThere(before, operandsOf(words).slice(-1), file),
  tee: ({ words, before }, file) => copyIfThere(before, operandsOf(words), file),
  'vi vim nvim nano emacs ed sudoedit': ({ words, before }, file) =>
    copyIfThere(before, operandsOf(words).slice(-1), file),
  'chmod chown chgrp': ({ words, before }, file) => {
    const paths = operandsOf(words).slice(1)
    return paths.length === 0
      ? undefined
      : {
          undo: `Set what ${file}.modes lists.`,
          saving: {
            line: saveOutput(
              before,
              `stat -c '%a %U:%G %n' ${paths.map(quoteWord).join(' ')}`,
              `${file}.modes`,
            ),
            keeps: `modes:${paths.join(' ')}`,
          },
        }
  },
  'touch mkdir': ({ words }) => ({ undo: `Delete ${operandsOf(words).join(', ')}.` }),
  ln: ({ words, before }, file) => copyIfThere(before, operandsOf(words).slice(-1), file),
}
