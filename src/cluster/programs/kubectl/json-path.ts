import type { KubeValue } from '../../world/kube-object.ts'

type Step =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'fields'; readonly names: readonly string[] }
  | { readonly kind: 'index'; readonly at: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'slice'; readonly from: number; readonly to: number | undefined }
  | { readonly kind: 'filter'; readonly path: string; readonly operator: string; readonly value: string }
  | { readonly kind: 'deep'; readonly name: string }

const bracketStep = (inside: string): Step => {
  if (inside === '*') return { kind: 'all' }
  const filter = /^\?\(\s*@\.?([^=!<>\s]*)\s*(==|!=|<=|>=|<|>)?\s*(.*?)\s*\)$/.exec(inside)
  if (filter !== null)
    return {
      kind: 'filter',
      path: filter[1] ?? '',
      operator: filter[2] ?? '',
      value: (filter[3] ?? '').replace(/^["']|["']$/g, ''),
    }
  const names = [...inside.matchAll(/(?:^|,)\s*(["'])(.*?)\1(?=\s*(?:,|$))/g)].map(([, , name = '']) => name)
  if (names.length > 1) return { kind: 'fields', names }
  const slice = /^(-?\d*):(-?\d*)$/.exec(inside)
  if (slice !== null)
    return { kind: 'slice', from: Number(slice[1] || 0), to: slice[2] === '' ? undefined : Number(slice[2]) }
  return /^-?\d+$/.test(inside)
    ? { kind: 'index', at: Number(inside) }
    : { kind: 'field', name: inside.replace(/^["']|["']$/g, '') }
}

/** The steps of a path such as `.items[*].metadata.name`; dots in names are written `\.`. */
const stepsOf = (path: string): readonly Step[] => {
  const steps: Step[] = []
  const pattern = /\.\.((?:\\.|[^.[\]])+)|\.((?:\\.|[^.[\]])+)|\[((?:\?\([^)]*\)|[^\]])*)\]/g
  for (const [, deep, field, inside] of (path.startsWith('.') || path.startsWith('[')
    ? path
    : `.${path}`
  ).matchAll(pattern)) {
    const plain = (text: string): string => text.replace(/\\(.)/g, '$1')
    if (deep !== undefined) steps.push({ kind: 'deep', name: plain(deep) })
    else if (field === '*') steps.push({ kind: 'all' })
    else if (field !== undefined) steps.push({ kind: 'field', name: plain(field) })
    else steps.push(bracketStep(inside ?? ''))
  }
  return steps
}

const compares = (value: KubeValue, operator: string, wanted: string): boolean => {
  if (operator === '') return value !== undefined
  if (operator === '==') return String(value) === wanted
  if (operator === '!=') return String(value) !== wanted
  const [a, b] = [Number(value), Number(wanted)]
  return operator === '<' ? a < b : operator === '>' ? a > b : operator === '<=' ? a <= b : a >= b
}

const deepFind = (value: KubeValue, name: string): readonly KubeValue[] => {
  if (value === null || typeof value !== 'object') return []
  const own = !Array.isArray(value) && value[name] !== undefined ? [value[name]] : []
  return [...own, ...Object.values(value).flatMap(inner => deepFind(inner, name))]
}

const takeStep = (value: KubeValue, step: Step): readonly KubeValue[] => {
  if (value === undefined || value === null) return []
  switch (step.kind) {
    case 'field':
      return value[step.name] === undefined ? [] : [value[step.name]]
    case 'fields':
      return step.names.flatMap(name => valuesAt(value, name))
    case 'all':
      return typeof value === 'object' ? Object.values(value) : []
    case 'index': {
      const found = Array.isArray(value) ? value.at(step.at) : undefined
      return found === undefined ? [] : [found]
    }
    case 'slice':
      return Array.isArray(value) ? value.slice(step.from, step.to) : []
    case 'filter':
      return Array.isArray(value)
        ? value.filter(item => compares(valuesAt(item, step.path)[0], step.operator, step.value))
        : []
    case 'deep':
      return deepFind(value, step.name)
  }
}

/** The values that a path leads to. */
export const valuesAt = (value: KubeValue, path: string): readonly KubeValue[] =>
  path === '' || path === '.' || path === '@'
    ? [value]
    : stepsOf(path.replace(/^[$@]/, '')).reduce<readonly KubeValue[]>(
        (found, step) => found.flatMap(one => takeStep(one, step)),
        [value],
      )

const sortedJson = (value: KubeValue): string =>
  JSON.stringify(value, (_key, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )

const textOf = (value: KubeValue): string => (typeof value === 'object' ? sortedJson(value) : String(value))

type Piece = { readonly text: string } | { readonly code: string }

const piecesOf = (template: string): readonly Piece[] =>
  [...template.matchAll(/\{((?:"(?:\\.|[^"])*"|'(?:\\.|[^'])*'|[^{}])*)\}|([^{}]+)/g)].map(
    ([, code, text]) => (code === undefined ? { text: text ?? '' } : { code: code.trim() }),
  )

const unquote = (text: string): string =>
  text.slice(1, -1).replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\(.)/g, '$1')

const render = (pieces: readonly Piece[], value: KubeValue, root: KubeValue): string => {
  let out = ''
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at]
    if (piece === undefined) break
    if ('text' in piece) {
      out += piece.text
      continue
    }
    if (!piece.code.startsWith('range ')) {
      out += /^["']/.test(piece.code) ? unquote(piece.code) : found(piece.code, value, root)
      continue
    }
    const end = matchingEnd(pieces, at)
    for (const item of valuesAt(value, piece.code.slice(6).trim()))
      out += render(pieces.slice(at + 1, end), item, root)
    at = end
  }
  return out
}

const found = (code: string, value: KubeValue, root: KubeValue): string =>
  valuesAt(code.startsWith('$') ? root : value, code)
    .map(textOf)
    .join(' ')

const matchingEnd = (pieces: readonly Piece[], start: number): number => {
  let depth = 0
  for (let at = start; at < pieces.length; at++) {
    const piece = pieces[at]
    if (piece === undefined || 'text' in piece) continue
    if (piece.code.startsWith('range ')) depth += 1
    if (piece.code === 'end') depth -= 1
    if (depth === 0) return at
  }
  return pieces.length
}

/** The values that the paths of a jsonpath template lead to, one after another. */
export const templateValues = (template: string, value: KubeValue): KubeValue => {
  const whole = template.includes('{') ? template : `{${template}}`
  return piecesOf(whole).flatMap(piece => ('code' in piece ? valuesAt(value, piece.code) : []))
}

/** The text of a jsonpath template, see kubectl's documentation of jsonpath. */
export const renderTemplate = (template: string, value: KubeValue): string => {
  const whole = template.includes('{') ? template : `{${template}}`
  return render(piecesOf(whole), value, value)
}
