import { findNode } from '../../files/look-up.ts'
import { resolvePath } from '../../files/paths.ts'
import { quoteWords } from '../../kube/quote-words.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'

/** Of the names that a pattern found those that are of folders, each with a slash and quoted; the pattern itself, which comes first, where there are none. */
export const shellFolders: Program = {
  names: ['__folders'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const [pattern = '', ...found] = call.args
    const folders = found.filter(
      name => findNode(call, resolvePath(call.cwd, name), 'links')?.kind === 'directory',
    )
    const words = folders.length === 0 ? [pattern] : folders.map(name => `${name}/`)
    return { stdout: quoteWords(words), tookMs: 0 }
  },
}
