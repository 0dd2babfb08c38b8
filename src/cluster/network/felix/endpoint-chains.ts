import { type FelixChain, limitedName } from './felix-chain.ts'
import { type Allowing, does, type FelixRule, MARKS, type Phrase, when } from './felix-rule.ts'

/** A pod of a machine as Felix sees it: its interface, its profiles, and the policies on what comes to it and what it sends. */
export type Endpoint = {
  readonly device: string
  readonly profiles: readonly string[]
  readonly ingress: readonly string[]
  readonly egress: readonly string[]
}

const jump = (target: string): FelixRule => ({ does: does.jump(target) })
const leaveAccepted = (comment: string): FelixRule => ({
  when: [when.marked(MARKS.accept)],
  does: does.leave,
  comments: [comment],
})

const dropEncapsulated: readonly FelixRule[] = [
  {
    when: [when.udp, when.ports('4789')],
    does: does.drop,
    comments: ['Drop VXLAN encapped packets originating in workloads'],
  },
  {
    when: [when.ipip],
    does: does.drop,
    comments: ['Drop IPinIP encapped packets originating in workloads'],
  },
]

const askPolicies = (beginning: string, policies: readonly string[]): readonly FelixRule[] => {
  const open = when.unmarked(MARKS.pass)
  if (policies.length === 0) return []
  return [
    { does: does.clear(MARKS.pass), comments: ['Start of policies'] },
    ...policies.flatMap(policy => [
      { when: [open], does: does.jump(limitedName(beginning, policy)) },
      leaveAccepted('Return if policy accepted'),
    ]),
    { when: [open], does: does.drop, comments: ['Drop if no policies passed packet'] },
  ]
}

/** Which way packets go: to a pod, or from it. */
const ways = {
  to: { chain: 'cali-tw-', policy: 'cali-pi-', profile: 'cali-pri-', dispatch: 'cali-to-wl-dispatch' },
  from: { chain: 'cali-fw-', policy: 'cali-po-', profile: 'cali-pro-', dispatch: 'cali-from-wl-dispatch' },
} as const

/** What goes on in a connection needs no policy. */
const known = (allowing: Allowing): readonly FelixRule[] => {
  const conditions = [when.state('RELATED,ESTABLISHED')]
  return [
    // What is only left to others must say that it was accepted here.
    ...(allowing === 'leave' ? [{ when: conditions, does: does.mark(MARKS.accept) }] : []),
    { when: conditions, does: does[allowing] },
  ]
}

type Way = { readonly way: keyof typeof ways; readonly allowing: Allowing }

const endpointChain = (endpoint: Endpoint, { way, allowing }: Way): FelixChain => {
  const { chain, policy, profile } = ways[way]
  const policies = way === 'to' ? endpoint.ingress : endpoint.egress
  return {
    name: limitedName(chain, endpoint.device),
    rules: [
      ...known(allowing),
      { when: [when.state('INVALID')], does: does.drop },
      { does: does.clear(MARKS.accept) },
      ...(way === 'from' ? dropEncapsulated : []),
      ...askPolicies(policy, policies),
      ...endpoint.profiles.flatMap(name => [
        jump(limitedName(profile, name)),
        leaveAccepted('Return if profile accepted'),
      ]),
      { does: does.drop, comments: ['Drop if no profiles matched'] },
    ],
  }
}

const commonLength = (first: string, last: string): number => {
  let length = 0
  while (length < first.length && first[length] === last[length]) length += 1
  return length
}

/** The chains that lead to those of the pods, by their interfaces: several that begin alike have a chain of their own. */
const dispatchChains = (devices: readonly string[], way: keyof typeof ways): readonly FelixChain[] => {
  const { chain, dispatch } = ways[way]
  const names = [...devices].sort()
  const shared = commonLength(names[0] ?? '', names.at(-1) ?? '')
  const beginnings = [...new Set(names.map(name => name.slice(0, shared + 1)))]
  const at = (name: string): Phrase => (way === 'from' ? when.from(name) : when.to(name))
  const unknown: FelixRule = { does: does.drop, comments: ['Unknown interface'] }
  const toPod = (name: string): FelixRule => ({ when: [at(name)], does: does.go(limitedName(chain, name)) })
  const groups = beginnings.map(beginning => ({
    beginning,
    child: `${dispatch}-${beginning.slice(shared)}`,
    members: names.filter(name => name.startsWith(beginning)),
  }))
  return [
    {
      name: dispatch,
      rules: [
        ...groups.map(({ beginning, child, members }) =>
          members.length > 1
            ? { when: [at(`${beginning}+`)], does: does.go(child) }
            : toPod(members[0] ?? ''),
        ),
        unknown,
      ],
    },
    ...groups
      .filter(({ members }) => members.length > 1)
      .map(({ child, members }) => ({ name: child, rules: [...members.map(toPod), unknown] })),
  ]
}

const profileChains = (name: string): readonly FelixChain[] =>
  (['to', 'from'] as const).map(way => {
    const comments = [`Profile ${name} ${way === 'to' ? 'ingress' : 'egress'}`]
    return {
      name: limitedName(ways[way].profile, name),
      // Only the profiles of namespaces allow; those of accounts are there to be selected.
      rules: name.startsWith('kns.')
        ? [
            { does: does.mark(MARKS.accept), comments },
            { when: [when.marked(MARKS.accept)], does: does.leave },
          ]
        : [{ does: does.nothing, comments }],
    }
  })

/** The chains of a machine's pods and of their profiles, and those that lead to them. */
export const endpointChains = (endpoints: readonly Endpoint[], allowing: Allowing): readonly FelixChain[] => {
  const devices = endpoints.map(({ device }) => device)
  return [
    ...dispatchChains(devices, 'from'),
    ...dispatchChains(devices, 'to'),
    ...endpoints.flatMap(endpoint =>
      (['to', 'from'] as const).map(way => endpointChain(endpoint, { way, allowing })),
    ),
    ...[...new Set(endpoints.flatMap(({ profiles }) => profiles))].flatMap(profileChains),
  ]
}
