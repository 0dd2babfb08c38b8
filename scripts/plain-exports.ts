import { type AnyNode, type Pattern, parse } from 'acorn'
import { simple } from 'acorn-walk'

/** How esbuild gives out what a CommonJS script exports: each name by a function that is asked at every use, since its value may change. */
const given = /__export\((\w+),\{([^{}]*)\}\);module\.exports=__toCommonJS\(\1\);/

const named = /([\w$]+|"[^"]+"):\(\)=>([\w$.]+)/g

const namesIn = (pattern: Pattern | AnyNode): readonly string[] => {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'AssignmentPattern':
      return namesIn(pattern.left)
    case 'RestElement':
      return namesIn(pattern.argument)
    case 'ArrayPattern':
      return pattern.elements.flatMap(element => (element === null ? [] : namesIn(element)))
    case 'ObjectPattern':
      return pattern.properties.flatMap(one => namesIn(one.type === 'Property' ? one.value : one))
    default:
      return []
  }
}

/** The names that a script gives a value after their declaration; a name that means several variables counts for all of them. */
export const assignedNames = (code: string): ReadonlySet<string> => {
  const names = new Set<string>()
  const note = (pattern: Pattern | AnyNode): void => {
    for (const name of namesIn(pattern)) names.add(name)
  }
  simple(parse(code, { ecmaVersion: 'latest', allowReturnOutsideFunction: true }), {
    AssignmentExpression: ({ left }) => note(left),
    UpdateExpression: ({ argument }) => note(argument),
    ForInStatement: ({ left }) => note(left),
    ForOfStatement: ({ left }) => note(left),
  })
  return names
}

/**
 * A CommonJS script of esbuild's with its exports as plain values, once it has run through: the engine calls such a function forty times as fast as one that it is given by
 * a getter of a getter. What is assigned later, or is another script's, stays a getter.
 */
export const withPlainExports = (code: string): string => {
  const exported = given.exec(code)
  if (exported === null) return code
  const assigned = assignedNames(code)
  const members = [...(exported[2] ?? '').matchAll(named)].map(([, name = '', local = '']) =>
    assigned.has(local) || local.includes('.') ? `get ${name}(){return ${local}}` : `${name}:${local}`,
  )
  return `${code.trimEnd()};module.exports={__esModule:!0,${members.join(',')}};`
}
