import type { Desk, Relation } from './desk.ts'
import { linesOf, sorted, textOf } from './read.ts'

const matching = (text: string | undefined, pattern: RegExp): readonly string[] =>
  sorted([...new Set([...(text ?? '').matchAll(pattern)].map(([, found = '']) => found))])

const guardsPods: Relation = {
  name: 'each interface of a pod has its route and its chains',
  where: 'machine',
  check: async desk => {
    const rules = await textOf(desk, 'iptables -S')
    if (rules?.includes('cali-FORWARD') !== true) return
    desk.same('interfaces of pods', {
      link: matching(await textOf(desk, 'ip -br link'), /^(cali\w+)@/gm),
      route: matching(await textOf(desk, 'ip route'), / dev (cali\w+) /g),
      sys: matching(await textOf(desk, 'ls /sys/class/net'), /^(cali\w+)$/gm),
      'chains to': matching(rules, /^-N cali-tw-(\w+)$/gm),
      'chains from': matching(rules, /^-N cali-fw-(\w+)$/gm),
      'dispatch to': matching(rules, /^-A cali-to-wl-dispatch\S* -o (cali\w+) /gm),
      'dispatch from': matching(rules, /^-A cali-from-wl-dispatch\S* -i (cali\w+) /gm),
    })
    desk.same('sets', {
      ipset: matching(await textOf(desk, 'ipset list -n'), /^(cali40(?!this-host)\S+)$/gm),
      iptables: matching(await textOf(desk, 'iptables-save'), /--match-set (cali40\S+) /g),
    })
  },
}

const targetsAreThere: Relation = {
  name: 'iptables and nft know the same chains, and no rule leads to one that is not there',
  where: 'machine',
  check: async desk => {
    const saved = await textOf(desk, 'iptables-save')
    if (saved === undefined) return
    const ruleset = await textOf(desk, 'nft list ruleset')
    if (ruleset !== undefined)
      desk.same('chains', {
        'iptables-save': matching(saved, /^:(\S+)/gm),
        nft: matching(ruleset, /^\tchain (\S+) \{/gm),
      })
    const chains = new Set(matching(saved, /^:(\S+)/gm))
    const led = matching(saved, / -[jg] ((?:cali|KUBE|CNI|FLANNEL)-\S+)/g)
    desk.holds(
      led.every(name => chains.has(name)),
      `rules lead to ${led.filter(name => !chains.has(name)).join(', ')}`,
    )
  },
}

const countsIn = async (desk: Desk, line: string): Promise<ReadonlyMap<string, number>> =>
  new Map(
    [...((await textOf(desk, line)) ?? '').matchAll(/^Chain (\S+) \(policy \w+ (\d+) packets/gm)].map(
      ([, name = '', packets]) => [name, Number(packets)],
    ),
  )

const countersRise: Relation = {
  name: 'the counters of the packet filter only rise',
  where: 'machine',
  check: async desk => {
    const before = await countsIn(desk, 'iptables -L -n -v -x')
    const after = await countsIn(desk, 'sleep 2; iptables -L -n -v -x')
    for (const [name, packets] of before)
      desk.holds((after.get(name) ?? 0) >= packets, `${name}: ${packets}, then ${after.get(name)}`)
  },
}

const flowsAreTracked: Relation = {
  name: 'conntrack knows the connections that ss shows to other machines',
  where: 'machine',
  check: async desk => {
    const flows = await textOf(desk, 'conntrack -L')
    if (flows === undefined) return
    const open = linesOf((await textOf(desk, 'ss -tnH state established')) ?? '').flatMap(line => {
      const [, from = '', port = '', to = '', peer = ''] =
        /(\d+\.\d+\.\d+\.\d+)\]?:(\d+)\s+\[?(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)\]?:(\d+)/.exec(line) ?? []
      return from === '' || from === to || from.startsWith('127.') ? [] : [{ from, port, to, peer }]
    })
    for (const { from, port, to, peer } of open)
      desk.holds(
        flows.includes(`src=${from} dst=${to} sport=${port} dport=${peer} `) ||
          flows.includes(`src=${to} dst=${from} sport=${peer} dport=${port} `),
        `${from}:${port} to ${to}:${peer} is not tracked`,
      )
  },
}

/** Relations between the packet filter, its sets and counters, and what it guards. */
export const filterRelations: readonly Relation[] = [
  guardsPods,
  targetsAreThere,
  countersRise,
  flowsAreTracked,
]
