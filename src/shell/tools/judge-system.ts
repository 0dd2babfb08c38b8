import { type Call, changes, type Impact } from '../tool.ts'

/** `name=value` sets a kernel setting even without `-w`. */
export const judgeSysctl = ({ operands }: Call): Impact | undefined =>
  operands.some(operand => operand.text === undefined || operand.text.includes('='))
    ? changes('sets kernel settings')
    : undefined

/** A name as operand sets the machine's name. */
export const judgeHostname = ({ operands }: Call): Impact | undefined =>
  operands.length > 0 ? changes('sets the name of the machine') : undefined

/** `kill -l` and the signal 0 only ask. */
export const judgeKill = ({ words }: Call): Impact | undefined =>
  words[0]?.text === '-l' ||
  words[0]?.text === '-L' ||
  (words[0]?.text === '-0' && words.slice(1).every(word => !word.prefix.startsWith('-')))
    ? { effect: 'read', because: 'asks about signals or processes' }
    : undefined

/** How many operands are numbers: an interval alone samples for ever, an interval and a count do not. */
export const countNumbers = (operands: Call['operands']): number =>
  operands.filter(operand => /^\d+$/.test(operand.text ?? '')).length
