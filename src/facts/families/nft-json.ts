import { at, listAt, parseJson, textAt } from './json-value.ts'

const setText = (items: readonly unknown[]): string => `{ ${items.map(operandText).join(', ')} }`

/** What a packet is compared with, as the listing writes it: `22`, `10.0.0.0/8`, `{ 22, 6443 }`, `1000-2000`. */
const operandText = (value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(operandText).join(',')
  const prefix = textAt(value, 'prefix', 'addr')
  if (prefix !== undefined) return `${prefix}/${textAt(value, 'prefix', 'len')}`
  const range = listAt(value, 'range')
  return range.length > 0 ? range.map(operandText).join('-') : setText(listAt(value, 'set'))
}

const keyText = (left: unknown): string => {
  const field = textAt(left, 'payload', 'field')
  if (field !== undefined) return `${textAt(left, 'payload', 'protocol')} ${field}`
  const key = textAt(left, 'meta', 'key')
  if (key !== undefined) return /^[io]if/.test(key) ? key : `meta ${key}`
  return `ct ${textAt(left, 'ct', 'key') ?? ''}`
}

const matchText = (match: unknown): string => {
  const negation = textAt(match, 'op') === '!=' ? '!= ' : ''
  const operand = operandText(at(match, 'right'))
  const isInterface = /^[io]if/.test(keyText(at(match, 'left')))
  return `${keyText(at(match, 'left'))} ${negation}${isInterface ? `"${operand}"` : operand}`
}

const translated = (name: string, value: unknown): string => {
  const address = textAt(value, 'addr')
  const port = textAt(value, 'port')
  if (address === undefined && port === undefined) return name
  return `${name} to ${address ?? ''}${port === undefined ? '' : `:${port}`}`
}

const statements: Readonly<Record<string, (value: unknown) => string>> = {
  match: matchText,
  counter: value => `counter packets ${textAt(value, 'packets') ?? 0} bytes ${textAt(value, 'bytes') ?? 0}`,
  jump: value => `jump ${textAt(value, 'target')}`,
  goto: value => `goto ${textAt(value, 'target')}`,
  dnat: value => translated('dnat', value),
  snat: value => translated('snat', value),
  redirect: value => translated('redirect', value),
  limit: value => `limit rate ${textAt(value, 'rate')}/${textAt(value, 'per')}`,
  xt: value => `xt ${textAt(value, 'type')} "${textAt(value, 'name')}"`,
  log: () => 'log',
  reject: value => {
    const [type, reason] = [textAt(value, 'type'), textAt(value, 'expr')]
    return type === undefined ? 'reject' : `reject with ${[type, reason].filter(Boolean).join(' ')}`
  },
}

const statementText = (statement: unknown): string =>
  Object.entries(statement ?? {})
    .map(([name, value]) => (Object.hasOwn(statements, name) ? statements[name]?.(value) : undefined) ?? name)
    .join(' ')

const ruleText = (rule: unknown): string => {
  const comment = textAt(rule, 'comment')
  const said = comment === undefined ? [] : [`comment "${comment}"`]
  return [...listAt(rule, 'expr').map(statementText), ...said].join(' ')
}

const baseText = (chain: unknown): readonly string[] => {
  const hook = textAt(chain, 'hook')
  const policy = textAt(chain, 'policy')
  if (hook === undefined) return []
  const end = policy === undefined ? '' : ` policy ${policy};`
  return [`type ${textAt(chain, 'type')} hook ${hook} priority ${textAt(chain, 'prio')};${end}`]
}

const place = (value: unknown): string => ['family', 'table'].map(key => textAt(value, key) ?? '').join(' ')

const chainText = (chain: unknown, rules: readonly unknown[]): readonly string[] => {
  const own = rules.filter(
    rule => place(rule) === place(chain) && textAt(rule, 'chain') === textAt(chain, 'name'),
  )
  const lines = [...baseText(chain), ...own.map(ruleText)]
  return [`table ${place(chain)} {`, `chain ${textAt(chain, 'name')} {`, ...lines, '}', '}']
}

/** What `nft -j list ruleset` says, in the lines in which nft lists it without -j; `undefined` for anything else. */
export const nftListing = (stdout: string): readonly string[] | undefined => {
  if (!/^\s*\{\s*"nftables"\s*:/.test(stdout)) return undefined
  const document = parseJson(stdout)
  if (document === undefined) return undefined
  const objects = listAt(document, 'nftables')
  const every = (kind: string) => objects.map(one => at(one, kind)).filter(one => one !== undefined)
  return every('chain').flatMap(chain => chainText(chain, every('rule')))
}
