import { mapped, type Node } from './mapped.ts'
import type { Statement } from './script.ts'

type Parse = (text: string) => readonly Statement[]

/** An expression whose commands are asked before it: the interpreter would run them where no variable of the shell is known. */
const hoist = (node: Node): { readonly texts: readonly string[]; readonly node: Node } => {
  const texts: string[] = []
  const done = mapped(node, inner => {
    // What was written would be expanded in the place of what was read.
    if (inner.type === 'ArithmeticExpression') return { ...inner, originalText: undefined }
    if (inner.type !== 'ArithCommandSubst') return inner
    texts.push(`__asked${texts.length}=$(${String(inner.command)})`)
    return { type: 'ArithVariable', name: `__asked${texts.length - 1}` }
  })
  return { texts, node: done }
}

/** `$((…))` and `((…))` with commands within as what asks these first; any other node as it is. */
export const askedBefore = (node: Node, parse: Parse): Node => {
  if (node.type !== 'ArithmeticExpansion' && node.type !== 'ArithmeticCommand') return node
  const { texts, node: plain } = hoist(node)
  const before = texts.flatMap(text => parse(text))
  if (texts.length === 0 || before.length < texts.length) return node
  if (node.type === 'ArithmeticExpansion')
    return {
      type: 'CommandSubstitution',
      body: {
        type: 'Script',
        statements: [
          ...before,
          ...mapped(parse('printf %s "$((1))"'), inner =>
            inner.type === 'ArithmeticExpansion' ? plain : inner,
          ),
        ],
      },
      legacy: false,
    }
  const last = {
    type: 'Statement',
    pipelines: [{ type: 'Pipeline', commands: [plain], negated: false }],
    operators: [],
    background: false,
  }
  return { type: 'Group', body: [...before, last], redirections: [] }
}
