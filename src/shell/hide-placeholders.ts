const singleWords =
  'app client cluster container deployment domain file host image ip label name namespace node pod port revision secret service token user'
const known = new Set(singleWords.split(' '))
const angled = /(?<=^|[\s"'=:/@-])<([a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*)>(?=$|[\s"'`:/),;|])/g

/**
 * Replaces `<pod-name>` by `POD_NAME`, so that the shell's grammar does not see two redirections. Only names that read like a
 * placeholder are taken (two words or a usual one), because `<in>out` is shell too.
 */
export const hidePlaceholders = (line: string): string =>
  line.replace(angled, (whole, name: string) => (known.has(name) || /[-_]/.test(name) ? toName(name) : whole))

const toName = (name: string): string => name.toUpperCase().replace(/[-.]/g, '_')
