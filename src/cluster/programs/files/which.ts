import { onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'

/** which(1): the shell's own; that of Red Hat's systems tells where it has looked in vain, and counts what is missing. */
export const which: Program = {
  names: ['which'],
  isInstalled: post => onMachines(post) && post.machine.os.id === 'centos',
  run: async ({ args, env, passage }): Promise<Reply> => {
    const words = args.filter(arg => !arg.startsWith('-'))
    const flags = args.filter(arg => arg.startsWith('-'))
    let stdout = ''
    const missing: string[] = []
    for (const word of words) {
      const found = await passage.original([...flags, word])
      stdout += found.stdout ?? ''
      if (found.exit !== 0) missing.push(word)
    }
    const stderr = asText(
      missing.map(word =>
        word.includes('/')
          ? `/usr/bin/which: no ${word.replace(/.*\//, '')} in (${word.replace(/\/[^/]*$/, '')})`
          : `/usr/bin/which: no ${word} in (${env['PATH'] ?? ''})`,
      ),
    )
    return { stdout, stderr, exit: missing.length }
  },
}
