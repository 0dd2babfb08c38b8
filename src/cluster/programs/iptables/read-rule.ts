import { ruleOf, shareOf } from '../../network/firewall-rule.ts'
import { quoted } from '../../text/quoted.ts'
import type { FirewallRule } from '../../world/network.ts'

const protocolNames: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '4': 'ipencap',
}

const fields: Readonly<
  Record<string, 'source' | 'destination' | 'inInterface' | 'outInterface' | 'protocol'>
> = {
  '-s': 'source',
  '--source': 'source',
  '--src': 'source',
  '-d': 'destination',
  '--destination': 'destination',
  '--dst': 'destination',
  '-i': 'inInterface',
  '--in-interface': 'inInterface',
  '-o': 'outInterface',
  '--out-interface': 'outInterface',
  '-p': 'protocol',
  '--protocol': 'protocol',
}

/** The share of a rule by chance as iptables prints it. */
const shareText = (option: string | undefined, word: string): string =>
  option === '--probability' && Number.isFinite(Number(word)) ? shareOf(word) : word

const quoteComment = (word: string): string => (/[\s"]/.test(word) ? `"${quoted(word)}"` : word)

const targetOptions =
  /^--(reject-with|to-destination|to-source|to-ports|set-xmark|set-mark|or-mark|log-prefix|random-fully|persistent)$/

const optionValue = (name: string, value: string): string =>
  name === 'protocol' ? (protocolNames[value] ?? value) : value

const defaultAnswer = (rule: FirewallRule): string =>
  rule.target === 'REJECT' && rule.targetOptions === ''
    ? '--reject-with icmp-port-unreachable'
    : rule.targetOptions

/** Reads the words behind the chain of a rule. Gives iptables' own words when they cannot be right. */
export const readRule = (words: readonly string[]): FirewallRule | string => {
  const rule = ruleOf({})
  const matches: string[] = []
  const options: string[] = []
  let not = ''
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const next = words[at + 1] ?? ''
    const field = fields[word]
    if (word === '!') not = '! '
    else if (field !== undefined) {
      rule[field] = `${not}${optionValue(field, next)}`
      not = ''
      at += 1
    } else if (word === '-j' || word === '--jump' || word === '-g' || word === '--goto') {
      rule.target = next
      if (word !== '-j' && word !== '--jump') rule.isGoto = true
      at += 1
    } else if (rule.target !== '' && targetOptions.test(word)) options.push(word)
    else if (rule.target !== '' && options.length > 0 && !word.startsWith('-'))
      options.push(quoteComment(word))
    else if (word.startsWith('-')) {
      matches.push(`${not}${word === '--destination-port' ? '--dport' : word}`)
      not = ''
    } else if (matches.length > 0) matches.push(quoteComment(shareText(matches.at(-1), word)))
    else return `Bad argument \`${word}'`
  }
  rule.matches = matches.join(' ')
  const needsModule = /--dport|--sport/.test(rule.matches) && !/-m (tcp|udp|multiport)\b/.test(rule.matches)
  if (needsModule && rule.protocol === '')
    return `unknown option "${matches.find(word => /--[sd]port/.test(word)) ?? ''}"`
  if (needsModule) rule.matches = `-m ${rule.protocol} ${rule.matches}`
  const [, port] = /--dport\s+(\d+)$|--dport\s+(\d+)\s/.exec(rule.matches) ?? []
  if (port !== undefined) rule.destinationPort = Number(port)
  rule.targetOptions = options.join(' ')
  rule.targetOptions = defaultAnswer(rule)
  return rule
}
