import { usualRules } from '../../network/routing-rules.ts'
import type { Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import type { Machine, RoutingRule } from '../../world/machine.ts'

const actions = new Set(['lookup', 'table', 'blackhole', 'prohibit', 'unreachable', 'goto', 'nop'])

type Read = Partial<{ -readonly [Key in keyof RoutingRule]: RoutingRule[Key] }>

/** What a rule is to be, by the words behind `add` and `del`. */
const readRule = (words: readonly string[]): Read => {
  const selector: string[] = []
  const rule: Read = {}
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const next = words[at + 1] ?? ''
    if (/^(pref|preference|priority|order)$/.test(word)) rule.priority = Number(words[++at])
    else if (actions.has(word)) {
      const takesNext = /^(lookup|table|goto)$/.test(word)
      rule.action = takesNext ? `${word.replace('table', 'lookup')} ${next}` : word
      if (takesNext) at += 1
    } else selector.push(word)
  }
  if (selector.length > 0)
    rule.selector = (selector.includes('from') ? selector : ['from', 'all', ...selector])
      .join(' ')
      .replace(/\/32\b/g, '')
  return rule
}

const isMeant = (rule: RoutingRule, { priority, selector, action }: Read): boolean =>
  (priority === undefined || rule.priority === priority) &&
  (selector === undefined || rule.selector === selector) &&
  (action === undefined || rule.action === action)

/** `ip rule`: which tables are asked for a way, in the order of their priorities. */
export const changeRules = (machine: Machine, [verb = '', ...words]: readonly string[]): Reply => {
  const rules = machine.routingRules ?? usualRules
  const wanted = readRule(words)
  if (/^a(dd)?$/.test(verb)) {
    const least = Math.min(...rules.filter(({ priority }) => priority > 0).map(({ priority }) => priority))
    const rule = { priority: least - 1, selector: 'from all', action: 'lookup main', ...wanted }
    if (rules.some(other => isMeant(other, rule)))
      return { stderr: 'RTNETLINK answers: File exists\n', exit: 2 }
    machine.routingRules = [...rules, rule].sort((a, b) => a.priority - b.priority)
    return {}
  }
  if (/^d(el(ete)?)?$/.test(verb)) {
    const gone = rules.find(rule => isMeant(rule, wanted))
    if (gone === undefined) return { stderr: 'RTNETLINK answers: No such file or directory\n', exit: 2 }
    machine.routingRules = rules.filter(rule => rule !== gone)
    return {}
  }
  if (/^fl/.test(verb)) {
    machine.routingRules = rules.filter(({ priority }) => priority === 0)
    return {}
  }
  return {
    stdout: asText(rules.map(({ priority, selector, action }) => `${priority}:\t${selector} ${action}`)),
  }
}
