import { type SettingName, settingNames, settingOf, variableOf } from './settings-table.ts'

const head = `# Settings of runtree. Take the "# " off a line to say something else than is usual.
# An option of the command line goes before an environment variable, and that before this file.
# "runtree config" shows what holds and where it comes from.
`

const usualOf = (name: SettingName): string => {
  const { kind, usual, otherwise } = settingOf(name)
  return usual === undefined ? (otherwise ?? '') : kind.show(usual)
}

const entry = (name: SettingName): string => {
  const { kind, about, example } = settingOf(name)
  const [first = '', second] = name.split('.')
  const line = second === undefined ? `# ${first}: ${example}` : `#   ${second}: ${example}`
  const indent = second === undefined ? '' : '  '
  return `${indent}# ${about}\n${indent}# Takes ${kind.takes}; usually ${usualOf(name)}. ${variableOf(name)} says it too.\n${line}\n`
}

/** A settings file in which every setting stands as a comment. */
export const starterText = (): string => {
  const parts: string[] = [head]
  let group: string | undefined
  for (const name of settingNames) {
    const own = name.includes('.') ? name.slice(0, name.indexOf('.')) : undefined
    if (own !== undefined && own !== group) parts.push(`# ${own}:`)
    group = own
    parts.push(entry(name))
  }
  return parts.join('\n')
}
