import type { FirewallRule } from '../../world/network.ts'

/** A match that may be negated, as iptables-save writes it: `-s 10.0.0.0/8`, `! -s 10.0.0.0/8`. */
const option = (letter: string, value: string): readonly string[] => {
  if (value === '') return []
  return value.startsWith('! ') ? ['!', letter, value.slice(2)] : [letter, value]
}

const withLength = (network: string): string =>
  network === '' || network.includes('/') ? network : `${network}/32`

/** A rule in the words of iptables-save behind its chain: `-p udp -m udp --dport 8472 -j REJECT --reject-with icmp-port-unreachable`. */
export const ruleText = (rule: FirewallRule): string => {
  const { protocol, matches, destinationPort, target, targetOptions } = rule
  const port =
    destinationPort === undefined || matches.includes('--dport')
      ? []
      : ['-m', protocol, '--dport', String(destinationPort)]
  return [
    ...option('-s', withLength(rule.source)),
    ...option('-d', withLength(rule.destination)),
    ...option('-i', rule.inInterface),
    ...option('-o', rule.outInterface),
    ...option('-p', protocol === 'all' ? '' : protocol),
    ...port,
    ...(matches === '' ? [] : [matches]),
    ...(target === '' ? [] : [rule.isGoto === true ? '-g' : '-j', target]),
    ...(targetOptions === '' ? [] : [targetOptions]),
  ].join(' ')
}

/** Whether two rules are the same to `iptables -D` and `-C`: counters do not matter. */
export const isSameRule = (a: FirewallRule, b: FirewallRule): boolean =>
  normalize(ruleText(a)) === normalize(ruleText(b))

// Naming the protocol's module or not makes no difference.
const normalize = (text: string): string => text.replace(/ -m (tcp|udp|icmp)\b/g, '').replaceAll('/32', '')
