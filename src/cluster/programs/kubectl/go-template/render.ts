import type { KubeValue } from '../../../world/kube-object.ts'
import { functions, goText, isTrue } from './functions.ts'
import { type Assigned, type Part, parseTemplate } from './parse.ts'
import { type Pipeline, TemplateProblem, type Word } from './words.ts'

/** What an expression sees: the dot and the variables, `$` among them. */
type Scope = { readonly dot: KubeValue; readonly variables: Map<string, KubeValue> }

const fieldOf = (value: KubeValue, name: string): KubeValue => {
  if (value === undefined || value === null)
    throw new TemplateProblem(`nil pointer evaluating interface {}.${name}`)
  if (typeof value !== 'object' || Array.isArray(value))
    throw new TemplateProblem(`can't evaluate field ${name} in type interface {}`)
  return value[name]
}

const wordValue = (word: Word, scope: Scope): KubeValue => {
  switch (word.kind) {
    case 'literal':
      return word.value
    case 'group':
      return word.fields.reduce(fieldOf, evaluate(word.pipeline, scope))
    case 'path': {
      if (word.root !== '' && !scope.variables.has(word.root))
        throw new TemplateProblem(`undefined variable "${word.root}"`)
      return word.fields.reduce(fieldOf, word.root === '' ? scope.dot : scope.variables.get(word.root))
    }
    case 'function':
      return callOf(word.name)()
  }
}

const callOf = (name: string): ((...values: KubeValue[]) => KubeValue) => {
  const call = functions[name]
  if (call === undefined) throw new TemplateProblem(`function "${name}" not defined`)
  return call
}

const evaluate = (pipeline: Pipeline, scope: Scope): KubeValue => {
  let passed: readonly KubeValue[] = []
  for (const [first, ...rest] of pipeline) {
    if (first === undefined) continue
    const values = () => [...rest.map(word => wordValue(word, scope)), ...passed]
    passed = [first.kind === 'function' ? callOf(first.name)(...values()) : wordValue(first, scope)]
  }
  return passed[0]
}

const inner = ({ dot, variables }: Scope, more: Partial<Scope> = {}): Scope => ({
  dot,
  variables: new Map(variables),
  ...more,
})

const rendered = (parts: readonly Part[], scope: Scope): string =>
  parts.map(part => renderPart(part, scope)).join('')

const renderRange = (part: Part & { kind: 'range' }, scope: Scope): string => {
  const { names, pipeline } = part.assigned
  const value = evaluate(pipeline, scope)
  const entries: readonly (readonly [KubeValue, KubeValue])[] = Array.isArray(value)
    ? [...value.entries()]
    : value !== null && typeof value === 'object'
      ? Object.entries(value)
          .filter(([, held]) => held !== undefined)
          .sort(([a], [b]) => (a < b ? -1 : 1))
      : []
  if (entries.length === 0) return rendered(part.otherwise, inner(scope))
  return entries
    .map(([key, item]) => {
      const within = inner(scope, { dot: item })
      if (names.length === 2) within.variables.set(names[0] ?? '', key)
      if (names.length > 0) within.variables.set(names.at(-1) ?? '', item)
      return rendered(part.body, within)
    })
    .join('')
}

const assign = ({ names: [name], pipeline }: Assigned, scope: Scope): KubeValue => {
  const value = evaluate(pipeline, scope)
  if (name !== undefined) scope.variables.set(name, value)
  return value
}

const renderPart = (part: Part, scope: Scope): string => {
  if (part.kind === 'text') return part.text
  if (part.kind === 'range') return renderRange({ ...part, kind: 'range' }, scope)
  if (part.kind === 'print') {
    const value = assign(part.assigned, scope)
    return part.assigned.names.length > 0 ? '' : goText(value)
  }
  const within = inner(scope)
  const value = assign(part.assigned, within)
  if (!isTrue(value)) return rendered(part.otherwise, within)
  return rendered(part.body, part.kind === 'with' ? { ...within, dot: value } : within)
}

/** The text of a Go template, or what is wrong with it. */
export const renderGoTemplate = (
  template: string,
  value: KubeValue,
): string | { readonly problem: string } => {
  let parts: readonly Part[]
  try {
    parts = parseTemplate(template)
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error
    return {
      problem: `error: error parsing template ${template}, template: output:1: ${error.message}\n`,
    }
  }
  try {
    return rendered(parts, { dot: value, variables: new Map([['$', value]]) })
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error
    return {
      problem: `error: error executing template "${template}": template: output:1: executing "output": ${error.message}\n`,
    }
  }
}
