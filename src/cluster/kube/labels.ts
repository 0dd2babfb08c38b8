type Labels = Readonly<Record<string, string>>

/** Whether labels have every pair of a plain selector, as services have one. An empty selector matches nothing. */
export const matchesPlain = (labels: Labels | undefined, selector: Labels | undefined): boolean => {
  let isEmpty = true
  for (const key in selector) {
    if (labels?.[key] !== selector[key]) return false
    isEmpty = false
  }
  return !isEmpty
}

/** A selector of `matchLabels` and `matchExpressions`. */
export type LabelSelector = {
  readonly matchLabels?: Labels
  readonly matchExpressions?: readonly {
    readonly key: string
    readonly operator: string
    readonly values?: readonly string[]
  }[]
}

type Requirement = NonNullable<LabelSelector['matchExpressions']>[number]

/** Whether labels meet one requirement of a selector: In, NotIn, Exists, DoesNotExist, Gt, Lt. */
export const meets = (labels: Labels | undefined, { key, operator, values = [] }: Requirement): boolean => {
  const value = labels?.[key]
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    case 'Gt':
      return Number(value) > Number(values[0])
    case 'Lt':
      return Number(value) < Number(values[0])
    default:
      return false
  }
}

/** Whether labels fit a selector; one without any requirement fits all. */
export const fitsSelector = (labels: Labels | undefined, selector: LabelSelector | undefined): boolean =>
  Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels?.[key] === value) &&
  (selector?.matchExpressions ?? []).every(requirement => meets(labels, requirement))

const readRequirement = (text: string): Requirement | undefined => {
  const set = /^\s*([\w./-]+)\s+(in|notin)\s+\(([^)]*)\)\s*$/.exec(text)
  if (set !== null)
    return {
      key: set[1] ?? '',
      operator: set[2] === 'in' ? 'In' : 'NotIn',
      values: (set[3] ?? '').split(',').map(v => v.trim()),
    }
  const pair = /^\s*([\w./-]+)\s*(==|!=|=)\s*([\w.-]*)\s*$/.exec(text)
  if (pair !== null)
    return { key: pair[1] ?? '', operator: pair[2] === '!=' ? 'NotIn' : 'In', values: [pair[3] ?? ''] }
  const key = /^\s*(!?)\s*([\w./-]+)\s*$/.exec(text)
  return key === null
    ? undefined
    : { key: key[2] ?? '', operator: key[1] === '!' ? 'DoesNotExist' : 'Exists' }
}

/** Reads the text behind `-l`; `undefined` when it is none. */
export const readSelector = (text: string): LabelSelector | undefined => {
  const parts = text.split(/,(?![^(]*\))/).filter(part => part.trim() !== '')
  const requirements = parts.map(readRequirement)
  return requirements.every(requirement => requirement !== undefined)
    ? { matchExpressions: requirements }
    : undefined
}
