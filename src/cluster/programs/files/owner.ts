import { nodeAt } from '../../files/file-tree.ts'
import { isBelow, resolvePath } from '../../files/paths.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { accountsOf, groupsOf, isNamed } from '../../relations/accounts.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'

const isKnown = (all: readonly { readonly name: string }[], name: string): boolean =>
  name === '' || /^\d+$/.test(name) || isNamed(all, name)

/** chown(1) and chgrp(1). */
export const chown: Program = {
  names: ['chown', 'chgrp'],
  isInstalled: everywhere,
  run: ({ name, args, machine, cwd, user }): Reply => {
    const isRecursive = args.some(arg => /^-\w*R|^--recursive/.test(arg))
    const [spec, ...words] = args.filter(arg => !arg.startsWith('-'))
    if (spec === undefined || words.length === 0)
      return { stderr: `${name}: missing operand\nTry '${name} --help' for more information.\n`, exit: 1 }
    const [owner = '', group = ''] = name === 'chgrp' ? ['', spec] : spec.split(/[:.]/)
    if (!isKnown(accountsOf(machine), owner)) return { stderr: `${name}: invalid user: ‘${spec}’\n`, exit: 1 }
    if (!isKnown(groupsOf(machine), group)) return { stderr: `${name}: invalid group: ‘${spec}’\n`, exit: 1 }
    const errors: string[] = []
    for (const word of words) {
      const path = resolvePath(cwd, word)
      if (nodeAt(machine.files, path) === undefined)
        errors.push(`${name}: cannot access '${word}': No such file or directory`)
      const refusal = user === 'root' ? writeRefusal(machine, path)?.text : 'Operation not permitted'
      if (refusal !== undefined) errors.push(`${name}: changing ownership of '${word}': ${refusal}`)
      if (refusal !== undefined) continue
      const found = isRecursive ? [...machine.files.keys()].filter(below => isBelow(below, path)) : [path]
      for (const each of found)
        Object.assign(nodeAt(machine.files, each) ?? {}, {
          ...(owner === '' ? {} : { owner }),
          ...(group === '' ? {} : { group }),
        })
    }
    return { stderr: asText(errors), exit: errors.length > 0 ? 1 : 0 }
  },
}
