import type { Machine, RoutingRule } from '../world/machine.ts'
import { isInNetwork } from './addresses.ts'

/** What a packet's way is asked for by: what rules of routing may look at. A `source` that the sender has not chosen yet is absent. */
export type Asked = {
  readonly source?: string | undefined
  readonly protocol?: string | undefined
  readonly port?: number | undefined
  /** The interface that it came in by, where it is passed on. */
  readonly inInterface?: string | undefined
}

/** The rules that the kernel begins with. */
export const usualRules: readonly RoutingRule[] = [
  { priority: 0, selector: 'from all', action: 'lookup local' },
  { priority: 32_766, selector: 'from all', action: 'lookup main' },
  { priority: 32_767, selector: 'from all', action: 'lookup default' },
]

type Test = (asked: Asked & { readonly address: string }, value: string) => boolean

const isAll = (network: string): boolean => network === 'all' || network === '0/0' || network === 'default'

const tests: Readonly<Record<string, Test>> = {
  from: ({ source }, network) => isAll(network) || (source !== undefined && isInNetwork(source, network)),
  to: ({ address }, network) => isAll(network) || isInNetwork(address, network),
  iif: ({ inInterface = 'lo' }, name) => inInterface === name,
  ipproto: ({ protocol }, name) => protocol === name,
  dport: ({ port }, wanted) => String(port) === wanted,
}

/** Whether a rule is for a packet: all that it names must hold. Marks, users and the like are nobody's. */
const isFor = ({ selector }: RoutingRule, asked: Asked & { readonly address: string }): boolean => {
  const words = selector.split(' ').filter(word => word !== '')
  const isNot = words[0] === 'not'
  const pairs = isNot ? words.slice(1) : words
  const holds = pairs.every((word, at) => at % 2 === 1 || tests[word]?.(asked, pairs[at + 1] ?? '') === true)
  return holds !== isNot
}

/** What the rules of a machine say of a packet, one after another: the table to look in, or how it is refused. */
export const actionsFor = (
  { routingRules }: Machine,
  asked: Asked & { readonly address: string },
): readonly string[] => {
  const actions: string[] = []
  let from = 0
  for (const rule of routingRules ?? usualRules) {
    if (rule.priority < from || !isFor(rule, asked)) continue
    const [, target] = /^goto (\d+)$/.exec(rule.action) ?? []
    if (target === undefined) actions.push(rule.action)
    else from = Number(target)
  }
  return actions
}
