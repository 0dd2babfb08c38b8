import type { Relation } from './desk.ts'
import { isTrue, keyOf, type Meta, type Node, type Pod } from './objects.ts'
import { itemsOf, jsonOf, linesOf, rowsOf, sorted, textOf } from './read.ts'
import { isManaged } from './workloads.ts'

type Service = {
  readonly metadata: Meta
  readonly spec: {
    readonly selector?: Readonly<Record<string, string>>
    readonly clusterIP?: string
    readonly type?: string
    readonly publishNotReadyAddresses?: boolean
    readonly ports?: readonly { readonly name?: string; readonly port: number; readonly protocol?: string }[]
  }
}
type Endpoints = {
  readonly metadata: Meta
  readonly subsets?: readonly {
    readonly addresses?: readonly { readonly ip: string }[]
    readonly ports?: readonly { readonly port: number }[]
  }[]
}
type Slice = {
  readonly metadata: Meta
  readonly endpoints?: readonly {
    readonly addresses: readonly string[]
    readonly conditions: { readonly ready?: boolean }
  }[]
  readonly ports?: readonly { readonly port: number }[]
}

const addressesOf = (one: Endpoints | undefined): readonly string[] =>
  sorted([...new Set((one?.subsets ?? []).flatMap(({ addresses = [] }) => addresses.map(({ ip }) => ip)))])

const endpointsAgree: Relation = {
  name: 'endpoints, slices and describe name the ready pods of a service',
  where: 'cluster',
  check: async desk => {
    const services = await itemsOf<Service>(desk, 'svc -A')
    const pods = await itemsOf<Pod>(desk, 'pods -A')
    if (!services || !pods || !(await isManaged(desk))) return
    const endpoints = (await itemsOf<Endpoints>(desk, 'ep -A')) ?? []
    const slices = await itemsOf<Slice>(desk, 'endpointslices -A')
    for (const service of services) {
      const own = endpoints.find(one => keyOf(one) === keyOf(service))
      const ofSlices = slices?.filter(
        ({ metadata }) =>
          metadata.namespace === service.metadata.namespace &&
          metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name,
      )
      if (ofSlices)
        desk.same(`addresses of ${keyOf(service)}`, {
          ep: addressesOf(own),
          slices: sorted([
            ...new Set(
              ofSlices.flatMap(({ endpoints: list }) =>
                (list ?? []).flatMap(({ addresses, conditions }) =>
                  conditions.ready === false ? [] : addresses,
                ),
              ),
            ),
          ]),
        })
      const { selector, publishNotReadyAddresses: early } = service.spec
      if (selector && !early) {
        const wanted = pods.filter(
          ({ metadata, status }) =>
            metadata.namespace === service.metadata.namespace &&
            !metadata.deletionTimestamp &&
            isTrue(status.conditions, 'Ready') &&
            Object.entries(selector).every(([key, value]) => metadata.labels?.[key] === value),
        )
        desk.same(`ready pods of ${keyOf(service)}`, {
          ep: addressesOf(own),
          pods: sorted([...new Set(wanted.flatMap(({ status }) => status.podIP ?? []))]),
        })
      }
      const described =
        (await textOf(
          desk,
          `kubectl describe svc ${service.metadata.name} -n ${service.metadata.namespace}`,
        )) ?? ''
      const shown = [...described.matchAll(/^Endpoints: +(.*)$/gm)].map(([, list = '']) => list)
      if (shown.length > 0 && !shown.some(list => /more/.test(list)))
        desk.same(`describe ${keyOf(service)}`, {
          ep: addressesOf(own),
          describe: sorted([
            ...new Set(
              shown.flatMap(list =>
                list === '<none>' || list === '' ? [] : list.split(',').map(one => one.replace(/:\d+$/, '')),
              ),
            ),
          ]),
        })
    }
  },
}

type Rule = { readonly chain: string; readonly text: string; readonly target: string }

const rulesIn = (save: string): readonly Rule[] =>
  linesOf(save).flatMap(text => {
    const [, chain = '', target = ''] = /^-A (\S+).* -j (\S+)/.exec(text) ?? []
    return chain === '' ? [] : [{ chain, text, target }]
  })

/** The addresses that the rules lead to from an address of the cluster, by every chain on the way. */
const destinationsOf = (rules: readonly Rule[], address: string): readonly string[] => {
  const first = rules.filter(
    ({ chain, text }) => chain === 'KUBE-SERVICES' && text.includes(` -d ${address}/32 `),
  )
  const chains = new Set(first.map(({ target }) => target))
  const led = new Set<string>()
  for (const chain of chains)
    for (const rule of rules)
      if (rule.chain === chain) {
        const to = /--to-destination (\d+\.\d+\.\d+\.\d+)/.exec(rule.text)?.[1]
        if (to !== undefined) led.add(to)
        else if (rule.target.startsWith('KUBE-S')) chains.add(rule.target)
      }
  return sorted([...led])
}

const rulesAgree: Relation = {
  name: 'the rules of kube-proxy lead to the endpoints',
  where: 'machine',
  check: async desk => {
    const home = (await desk.machines()).includes('workstation') ? 'workstation' : desk.machine
    const listed = async <Shape>(what: string): Promise<readonly Shape[] | undefined> =>
      (await jsonOf<{ readonly items: readonly Shape[] }>(desk, `kubectl get ${what} -o json`, home))?.items
    const save = await textOf(desk, 'iptables-save -t nat')
    if (!save?.includes('KUBE-SEP-')) return
    const own = ((await textOf(desk, 'hostname -I')) ?? '').trim().split(/\s+/)
    const node = (await listed<Node>('nodes'))?.find(({ status }) =>
      status.addresses.some(({ address }) => own.includes(address)),
    )
    const [services, endpoints] = [await listed<Service>('svc -A'), await listed<Endpoints>('ep -A')]
    const serving = await desk.type("timeout 3 bash -c 'echo > /dev/tcp/127.0.0.1/10249'")
    if (serving.exit !== 0 || !services || !endpoints) return
    if (!node || !isTrue(node.status.conditions, 'Ready')) return
    const rules = rulesIn(save)
    for (const service of services) {
      if (!service.spec.clusterIP || service.spec.clusterIP === 'None') continue
      const led = destinationsOf(rules, service.spec.clusterIP)
      const ep = addressesOf(endpoints.find(one => keyOf(one) === keyOf(service)))
      desk.same(`${keyOf(service)}`, { ep, 'iptables-save': led })
    }
  },
}

const rulesCount: Relation = {
  name: 'iptables-save, iptables -S and iptables -L show the same rules',
  where: 'machine',
  check: async desk => {
    for (const table of ['nat', 'filter']) {
      const save = linesOf((await textOf(desk, `iptables-save -t ${table}`)) ?? '')
        .filter(line => /^-A /.test(line))
        .map(line => line.replace(/^\[\d+:\d+\] /, ''))
      const shown = linesOf((await textOf(desk, `iptables -t ${table} -S`)) ?? '').filter(line =>
        /^-A /.test(line),
      )
      const listed = linesOf((await textOf(desk, `iptables -t ${table} -nL`)) ?? '').filter(
        line => !/^(?:Chain|target) /.test(line),
      )
      desk.same(`rules of ${table}`, { save: sorted(save), S: sorted(shown) })
      desk.same(`number of rules of ${table}`, { save: save.length, L: listed.length })
      const chains = new Set(
        linesOf((await textOf(desk, `iptables-save -t ${table}`)) ?? '').flatMap(
          line => /^:(\S+)/.exec(line)?.[1] ?? [],
        ),
      )
      for (const line of save) {
        const target = / -[jg] (\S+)/.exec(line)?.[1] ?? ''
        if (/^(?:KUBE|cali|FLANNEL|DOCKER|KUBE-\w+)-/.test(target))
          desk.holds(chains.has(target), `iptables-save: ${line} | there is no chain ${target}`)
      }
    }
    const ipvs = await desk.type('ipvsadm -Ln')
    if (ipvs.exit === 0) desk.holds(rowsOf(ipvs.stdout).length >= 2, 'ipvsadm -Ln prints no head')
  },
}

/** Relations about services. */
export const serviceRelations: readonly Relation[] = [endpointsAgree, rulesAgree, rulesCount]
