import { portNamed } from '../../network/port-names.ts'
import { ANYWHERE, type UfwRule } from '../../network/ufw-rules.ts'

type Draft = { -readonly [Key in keyof UfwRule]: UfwRule[Key] }

const isAction = (word: string): word is UfwRule['action'] => /^(allow|deny|reject|limit)$/.test(word)

const readPort = (text: string): Pick<UfwRule, 'port' | 'protocol'> | undefined => {
  const [, name = '', protocol = 'any'] = /^([\w:,-]+)(?:\/(tcp|udp))?$/.exec(text) ?? []
  const named = /^\d/.test(name) ? undefined : portNamed(name)
  if (!/^\d[\d:,]*$/.test(name) && named === undefined) return undefined
  const isNamedAlone = named !== undefined && protocol === 'any'
  return { port: String(named ?? name), protocol: isNamedAlone ? 'tcp' : (protocol as UfwRule['protocol']) }
}

/** Reads a rule as ufw takes it: `allow 22/tcp`, `deny in on eth0 from 10.0.0.0/8 to any port 443 proto tcp`; ufw's complaint otherwise. */
export const readUfwRule = (words: readonly string[]): UfwRule | string => {
  const [action = '', ...rest] = words
  if (!isAction(action)) return 'ERROR: Invalid syntax'
  const rule: Draft = {
    action,
    protocol: 'any',
    port: 'any',
    to: ANYWHERE,
    from: ANYWHERE,
    direction: 'in',
    device: '',
  }
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? ''
    const next = rest[at + 1] ?? ''
    if (word === 'in' || word === 'out') rule.direction = word
    else if (word === 'on') rule.device = next
    else if (word === 'from' || word === 'to') {
      if (next !== 'any' && !/^\d+(\.\d+){3}(\/\d+)?$/.test(next)) return `ERROR: Bad source address`
      rule[word] = next === 'any' ? ANYWHERE : next
    } else if (word === 'proto') rule.protocol = next as UfwRule['protocol']
    else if (word === 'comment') return rule
    else {
      const port = readPort(word === 'port' ? next : word)
      if (port === undefined) return `ERROR: Could not find a profile matching '${word}'`
      Object.assign(rule, port, rule.protocol === 'any' ? {} : { protocol: rule.protocol })
      if (/[,:]/.test(rule.port) && rule.protocol === 'any' && word !== 'port')
        return "ERROR: Must specify 'tcp' or 'udp' with multiple ports"
    }
    if (/^(on|from|to|proto|port)$/.test(word)) at += 1
  }
  return rule
}

/** A rule as its file keeps it. */
export const ufwTuple = (rule: UfwRule): string =>
  `### tuple ### ${rule.action} ${rule.protocol} ${rule.port} ${rule.to} any ${rule.from} ${rule.direction}${rule.device === '' ? '' : `_${rule.device}`}`

/** Whether a rule holds for addresses of IPv6 as well. */
export const isForBoth = ({ to, from }: UfwRule): boolean => to === ANYWHERE && from === ANYWHERE

const place = (address: string, port: string, protocol: string): string => {
  const service = port === 'any' ? '' : `${port}${protocol === 'any' ? '' : `/${protocol}`}`
  if (address === ANYWHERE) return service === '' ? 'Anywhere' : service
  return [address, service].filter(text => text !== '').join(' ')
}

const WIDTH = 26
const ACTION_WIDTH = 11

/** The rows of a rule in `ufw status`, those of IPv6 apart. */
export const ufwRows = (
  rule: UfwRule,
  isLong: boolean,
): { readonly four: string; readonly six: string | undefined } => {
  const on = rule.device === '' ? '' : ` on ${rule.device}`
  const action = `${rule.action.toUpperCase()}${isLong ? ` ${rule.direction.toUpperCase()}` : rule.direction === 'out' ? ' OUT' : ''}`
  const to = `${place(rule.to, rule.port, rule.protocol)}${rule.direction === 'in' ? on : ''}`
  const from = `${place(rule.from, 'any', 'any')}${rule.direction === 'out' ? on : ''}`
  const row = (first: string, last: string): string =>
    `${first.padEnd(WIDTH)} ${action.padEnd(ACTION_WIDTH)} ${last.padEnd(WIDTH)}`
  return {
    four: row(to, from),
    six: isForBoth(rule) ? row(`${to} (v6)`, `${from} (v6)`) : undefined,
  }
}
