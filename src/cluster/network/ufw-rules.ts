import { readText } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'
import type { FirewallChain } from '../world/network.ts'
import { chain, ruleOf } from './firewall-rule.ts'

/** A rule of ufw as the comment in its file has it: `### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in`. */
export type UfwRule = {
  readonly action: 'allow' | 'deny' | 'reject' | 'limit'
  readonly protocol: 'any' | 'tcp' | 'udp'
  /** A port, several or a range, as iptables takes them; `any` for all. */
  readonly port: string
  readonly to: string
  readonly from: string
  readonly direction: 'in' | 'out'
  readonly device: string
}

/** What ufw is set to. */
export type UfwSettings = {
  readonly isEnabled: boolean
  readonly input: string
  readonly output: string
  readonly forward: string
  readonly rules: readonly UfwRule[]
}

export const UFW_CONF = '/etc/ufw/ufw.conf'
export const UFW_DEFAULTS = '/etc/default/ufw'
export const UFW_RULES = '/etc/ufw/user.rules'
export const ANYWHERE = '0.0.0.0/0'

const TUPLE = /^### tuple ### (\w+) (\w+) (\S+) (\S+) any (\S+) (in|out)(?:_(\S+))?$/gm

const policyIn = (text: string, name: string, usual: string): string =>
  new RegExp(`^DEFAULT_${name}_POLICY="?(\\w+)"?`, 'm').exec(text)?.[1] ?? usual

/** What the files of ufw say. */
export const ufwSettingsOf = ({ files }: Machine): UfwSettings => {
  const defaults = readText(files, UFW_DEFAULTS) ?? ''
  return {
    isEnabled: /^ENABLED=yes/m.test(readText(files, UFW_CONF) ?? ''),
    input: policyIn(defaults, 'INPUT', 'DROP'),
    output: policyIn(defaults, 'OUTPUT', 'ACCEPT'),
    forward: policyIn(defaults, 'FORWARD', 'DROP'),
    rules: [...(readText(files, UFW_RULES) ?? '').matchAll(TUPLE)].map(
      ([, action, protocol, port, to, from, direction, device]) =>
        ({ action, protocol, port, to, from, direction, device: device ?? '' }) as UfwRule,
    ),
  }
}

const targets = { allow: 'ACCEPT', deny: 'DROP', reject: 'REJECT', limit: 'ACCEPT' } as const

const chainRules = ({ action, protocol, port, to, from, direction, device }: UfwRule) => {
  const protocols =
    protocol === 'any' && port !== 'any' ? ['tcp', 'udp'] : [protocol === 'any' ? '' : protocol]
  return protocols.map(each =>
    ruleOf({
      protocol: each,
      source: from === ANYWHERE ? '' : from,
      destination: to === ANYWHERE ? '' : to,
      inInterface: direction === 'in' ? device : '',
      outInterface: direction === 'out' ? device : '',
      matches:
        port === 'any'
          ? ''
          : /[,:]/.test(port)
            ? `-m multiport --dports ${port}`
            : `-m ${each} --dport ${port}`,
      target: targets[action],
      targetOptions: action === 'reject' ? '--reject-with icmp-port-unreachable' : '',
    }),
  )
}

const stages = ['before-logging', 'before', 'after', 'after-logging', 'reject', 'track'] as const

const isOwn = (name: string): boolean => name.startsWith('ufw-')

const jump = (target: string) => ruleOf({ target })
const established = ruleOf({ matches: '-m conntrack --ctstate RELATED,ESTABLISHED', target: 'ACCEPT' })

const chainsFor = ({ rules }: UfwSettings): readonly FirewallChain[] => {
  const own = (direction: 'in' | 'out') =>
    rules.filter(rule => rule.direction === direction).flatMap(chainRules)
  const contents: Readonly<Record<string, FirewallChain['rules']>> = {
    'before-input': [
      ruleOf({ inInterface: 'lo', target: 'ACCEPT' }),
      established,
      ruleOf({ matches: '-m conntrack --ctstate INVALID', target: 'DROP' }),
      ruleOf({ protocol: 'icmp', matches: '-m icmp --icmp-type 8', target: 'ACCEPT' }),
      jump('ufw-user-input'),
    ],
    'before-output': [ruleOf({ outInterface: 'lo', target: 'ACCEPT' }), established, jump('ufw-user-output')],
    'before-forward': [
      established,
      ruleOf({ protocol: 'icmp', matches: '-m icmp --icmp-type 8', target: 'ACCEPT' }),
      jump('ufw-user-forward'),
    ],
    'after-logging-input': [
      ruleOf({
        matches: '-m limit --limit 3/min --limit-burst 10',
        target: 'LOG',
        targetOptions: '--log-prefix "[UFW BLOCK] "',
      }),
    ],
  }
  return [
    ...['input', 'output', 'forward'].flatMap(point =>
      stages.map(stage => chain(`ufw-${stage}-${point}`, contents[`${stage}-${point}`] ?? [])),
    ),
    chain('ufw-user-input', own('in')),
    chain('ufw-user-output', own('out')),
    chain('ufw-user-forward'),
  ]
}

const points = { INPUT: 'input', OUTPUT: 'output', FORWARD: 'forward' } as const

/** Takes ufw's chains out of the packet filter and lets everything pass again. */
export const unloadUfw = ({ firewall }: Machine): void => {
  if (!firewall.filter.some(({ name }) => isOwn(name))) return
  firewall.filter = firewall.filter.filter(({ name }) => !isOwn(name))
  for (const each of firewall.filter) {
    each.rules = each.rules.filter(({ target }) => !isOwn(target))
    if (each.name in points) each.policy = 'ACCEPT'
  }
}

/** Brings what ufw's files say into force; where it is not enabled, nothing. */
export const loadUfw = (machine: Machine): void => {
  unloadUfw(machine)
  const settings = ufwSettingsOf(machine)
  if (!settings.isEnabled) return
  const { filter } = machine.firewall
  filter.push(...chainsFor(settings))
  for (const [name, point] of Object.entries(points)) {
    const built = filter.find(each => each.name === name)
    if (built === undefined) continue
    built.rules.push(...stages.map(stage => jump(`ufw-${stage}-${point}`)))
    if (settings[point] === 'REJECT') built.rules.push(ruleOf({ target: 'REJECT' }))
    built.policy = settings[point] === 'DROP' ? 'DROP' : 'ACCEPT'
  }
}
