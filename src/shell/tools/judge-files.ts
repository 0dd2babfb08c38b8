import type { Field } from '../field.ts'
import { unresolved } from '../field.ts'
import { type Call, changes, destroys, doubts, type Impact, type Started } from '../tool.ts'

const startOptions = ['-exec', '-execdir', '-ok', '-okdir']

/** The commands of find's `-exec` and its kin; `{}` stands for a path that is not known. */
export const startedByFind = ({ words }: Call): readonly Started[] =>
  words.flatMap((word, at) => (startOptions.includes(word.text ?? '') ? [startedAt(words, at + 1)] : []))

const startedAt = (words: readonly Field[], from: number): Started => {
  const length = words.slice(from).findIndex(word => word.text === ';' || word.text === '+')
  const command = length < 0 ? words.slice(from) : words.slice(from, from + length)
  return {
    kind: 'words',
    words: command.map(word => (word.text?.includes('{}') === true ? unresolved('{}') : word)),
  }
}

/** Words inside `-exec … ;` are not find's own; a `-delete` among them is still counted, which only makes it stricter. */
export const judgeFind = ({ words }: Call): Impact | undefined =>
  words.some(word => word.text?.startsWith('-files0-from'))
    ? doubts('takes its starting points from a file')
    : undefined

/** Moving a static pod's manifest away stops that part of the control plane. */
export const judgeMv = ({ operands }: Call): Impact | undefined =>
  operands.slice(0, -1).some(operand => operand.prefix.startsWith('/etc/kubernetes/manifests'))
    ? destroys('takes away the manifest of a static pod, which stops it')
    : undefined

/** `mount` lists; with a device or a directory it mounts. */
export const judgeMount = ({ operands, options }: Call): Impact | undefined =>
  operands.length === 0 &&
  options.every(option => ['-l', '-t', '--types', '--show-labels'].includes(option.name))
    ? { effect: 'read', because: 'lists what is mounted' }
    : undefined

/** `dd` without an output file prints to its standard output. */
export const judgeDd = ({ operands }: Call): Impact | undefined => {
  const known = operands.every(
    operand => operand.text !== undefined || /^(?:if|bs|count|skip)=/.test(operand.prefix),
  )
  const outputs = operands.filter(operand => operand.prefix.startsWith('of='))
  return known && outputs.every(output => output.text === 'of=/dev/null')
    ? { effect: 'read', because: 'reads blocks' }
    : undefined
}

/** `tar t` lists, whether written `tf`, `-tf` or `--list`; nothing else may be asked for beside it. */
export const judgeTar = ({ words }: Call): Impact | undefined => {
  const texts = words.map(word => word.text ?? '?')
  const first = texts[0] ?? ''
  const lists = /^-?[a-zA-Z]*t[a-zA-Z]*$/.test(first) && !/[xcruAdI]/.test(first.replace(/^-/, ''))
  const others = texts.slice(1).filter(text => text.startsWith('-') && text !== '-')
  const plain = others.every(text => /^-(?:C|[vzjJf]+)$|^--(?:gzip|verbose|numeric-owner)$/.test(text))
  const toStdout =
    /^-?x[a-zA-Z]*O/.test(first) || (/^-?[xzjvf]*x[zjvf]*$/.test(first) && others.includes('-O'))
  // A name with a colon is a file on another machine, which tar would start a program to reach.
  const local = texts.every(text => !text.includes(':') || text.startsWith('/') || text.startsWith('./'))
  return (lists || first === '--list') && plain && local
    ? { effect: 'read', because: 'lists an archive' }
    : toStdout && others.every(text => text === '-O')
      ? { effect: 'read', because: 'prints a file of an archive' }
      : undefined
}

/** An operand that is no `+FORMAT` sets the clock. */
export const judgeDate = ({ operands }: Call): Impact | undefined =>
  operands.some(operand => !operand.prefix.startsWith('+')) ? changes('sets the clock') : undefined
