import { everywhere, type Program, type Reply } from '../../../shell/program.ts'
import { readGrep } from './options.ts'

/** zgrep(1): searches files as they are when they are unpacked. */
export const zgrep: Program = {
  names: ['zgrep', 'zegrep', 'zfgrep'],
  isInstalled: everywhere,
  run: async ({ args, name, passage, stdin }): Promise<Reply> => {
    const { options, words } = readGrep(args)
    const hasPattern = options.has('pattern') || options.has('file')
    const files = words.slice(hasPattern ? 0 : 1)
    // The files are the last of the words: whatever else is called as one of them stays.
    const rest = files.reduceRight((kept, file) => kept.toSpliced(kept.lastIndexOf(file), 1), [...args])
    const tool = name.slice(1)
    if (files.length === 0) return passage.runHere([tool, ...args], { stdin })
    const isNamed = !options.has('nameless') && (options.has('named') || files.length > 1)
    const replies = []
    for (const file of files) {
      const unpacked = await passage.runHere([file.endsWith('.gz') ? 'zcat' : 'cat', file])
      const found = await passage.runHere([tool, `--label=${file}`, isNamed ? '-H' : '-h', ...rest], {
        stdin: unpacked.stdout ?? '',
      })
      replies.push({ stdout: found.stdout ?? '', stderr: unpacked.stderr ?? '', exit: found.exit ?? 1 })
    }
    return {
      stdout: replies.map(({ stdout }) => stdout).join(''),
      stderr: options.has('silent') ? '' : replies.map(({ stderr }) => stderr).join(''),
      exit: replies.some(({ exit }) => exit === 0) ? 0 : 1,
    }
  },
}
