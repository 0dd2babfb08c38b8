const singleWords =
  'app client cluster container deployment domain file host image ip label name namespace node pod port revision secret service token user'
const usual = new Set(singleWords.split(' '))
const name = '<([a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*)>'
const plain = new RegExp(`(?<=[\\s"'=@:/-])${name}(?=[;)]|\\s*$|\\s+(?:[-;)]|[|&]|\\d*[<>]))`, 'gm')
const attached = new RegExp(`(?<=//|\\s)${name}(?=:)|(?<=//)${name}(?=/)`, 'g')

/**
 * Replaces `<pod-name>` by `POD_NAME`, so that the shell's grammar does not see two redirections. `<in>out` is shell too: a name is only taken
 * where the shell would refuse the line or write to a file that no one means, and only if it is two words or a usual one.
 */
export const hidePlaceholders = (line: string): string => {
  const hide = (whole: string, first: string | undefined, second: string | undefined): string =>
    isUsual(first ?? second ?? '') ? toName(first ?? second ?? '') : whole
  return line
    .replace(attached, (whole, first?: string, second?: string) => hide(whole, first, second))
    .replace(plain, (whole, first?: string) => hide(whole, first, undefined))
}

const isUsual = (text: string): boolean => usual.has(text) || /[-_]/.test(text)

const toName = (text: string): string => text.toUpperCase().replace(/[-.]/g, '_')
