import type { Relation } from './desk.ts'
import { isTrue, keyOf, type Node, type Pod } from './objects.ts'
import { itemsOf, linesOf, rowsOf, textOf } from './read.ts'

const tableAgrees: Relation = {
  name: 'the table of pods, their JSON and describe say the same',
  where: 'cluster',
  check: async desk => {
    const pods = await itemsOf<Pod>(desk, 'pods -A')
    const table = await textOf(desk, 'kubectl get pods -A -o wide --no-headers')
    if (!pods || table === undefined) return
    const rows = new Map(
      linesOf(table).map(line => {
        const cells = line.trim().split(/\s{2,}/)
        return [`${cells[0]}/${cells[1]}`, cells]
      }),
    )
    const described = (await textOf(desk, 'kubectl describe pods -A')) ?? ''
    const blocks = new Map(
      described.split(/\n\n(?=Name: )/).map(block => {
        const field = (name: string): string => new RegExp(`^${name}: +(.*)$`, 'm').exec(block)?.[1] ?? ''
        return [`${field('Namespace')}/${field('Name')}`, { block, field }]
      }),
    )
    for (const pod of pods) {
      const cells = rows.get(keyOf(pod))
      desk.holds(cells !== undefined, `-o json: ${keyOf(pod)} | the table has none`)
      const statuses = pod.status.containerStatuses ?? []
      const ready = `${statuses.filter(one => one.ready).length}/${pod.spec.containers.length}`
      const address = pod.status.podIP ?? '<none>'
      const block = blocks.get(keyOf(pod))
      desk.same(`ready of ${keyOf(pod)}`, { table: cells?.[2], json: ready })
      desk.same(`restarts of ${keyOf(pod)}`, {
        table: Number.parseInt(cells?.[4] ?? '', 10),
        json: statuses.reduce((sum, { restartCount }) => sum + restartCount, 0),
      })
      desk.same(`address of ${keyOf(pod)}`, {
        table: cells?.[6],
        json: address,
        describe: block?.field('IP') || '<none>',
      })
      desk.same(`node of ${keyOf(pod)}`, {
        table: cells?.[7],
        json: pod.spec.nodeName ?? '<none>',
        describe: block?.field('Node').split('/')[0],
      })
      const conditions =
        /\nConditions:\n {2}Type +Status *\n((?: {2}\S.*\n)*)/.exec(block?.block ?? '')?.[1] ?? ''
      for (const [type = '', status] of rowsOf(conditions))
        desk.same(`${type} of ${keyOf(pod)}`, {
          json: pod.status.conditions?.find(one => one.type === type)?.status,
          describe: status,
        })
    }
  },
}

const statesFit: Relation = {
  name: 'phase, containers and readiness of a pod fit together',
  where: 'cluster',
  check: async desk => {
    const pods = await itemsOf<Pod>(desk, 'pods -A')
    const nodes = await itemsOf<Node>(desk, 'nodes')
    const now = Number((await textOf(desk, 'date +%s')) ?? '')
    const addresses = new Map<string, string>()
    for (const pod of pods ?? []) {
      const { phase, containerStatuses: statuses = [], conditions } = pod.status
      const name = keyOf(pod)
      if (phase === 'Running')
        desk.holds(
          statuses.some(({ state }) => !state.terminated || state.terminated.exitCode >= 0) &&
            statuses.length > 0,
          `${name} is Running without a container`,
        )
      if (phase === 'Succeeded')
        desk.holds(
          statuses.every(({ state }) => state.terminated?.exitCode === 0),
          `${name} is Succeeded | a container did not end with 0`,
        )
      if (isTrue(conditions, 'Ready'))
        desk.holds(
          statuses.every(({ ready }) => ready) && phase === 'Running',
          `${name} is Ready in phase ${phase} | its containers: ${statuses.map(one => one.ready).join(' ')}`,
        )
      for (const one of statuses)
        if (one.ready)
          desk.holds(one.state.running !== undefined, `${name} ${one.name} is ready | it does not run`)
      const node = nodes?.find(({ metadata }) => metadata.name === pod.spec.nodeName)
      if (pod.spec.nodeName && nodes) {
        desk.holds(node !== undefined, `${name} is on ${pod.spec.nodeName} | get nodes has none`)
        const ready = node?.status.conditions.find(({ type }) => type === 'Ready')
        // Where the kubelet still reports it says again what its pods are.
        if (ready?.status === 'Unknown' && now - Date.parse(ready?.lastTransitionTime ?? '') / 1000 > 60)
          desk.holds(
            !isTrue(conditions, 'Ready'),
            `${name} is Ready | its node ${pod.spec.nodeName} is ${ready?.status} since ${ready?.lastTransitionTime}`,
          )
      }
      if (pod.status.podIP && !pod.spec.hostNetwork && !['Failed', 'Succeeded'].includes(phase)) {
        desk.holds(
          !addresses.has(pod.status.podIP),
          `${name} has ${pod.status.podIP} | so has ${addresses.get(pod.status.podIP)}`,
        )
        addresses.set(pod.status.podIP, name)
      }
      for (const condition of conditions ?? [])
        if (condition.lastTransitionTime)
          desk.holds(
            Date.parse(condition.lastTransitionTime) / 1000 <= now + 1,
            `${name} ${condition.type} changes at ${condition.lastTransitionTime} | now ${now}`,
          )
      for (const { state, name: container } of statuses) {
        const at = state.running?.startedAt ?? state.terminated?.finishedAt
        if (at)
          desk.holds(
            Date.parse(at) / 1000 <= now + 1 && Date.parse(at) >= Date.parse(pod.metadata.creationTimestamp),
            `${name} ${container} at ${at} | created ${pod.metadata.creationTimestamp}, now ${now}`,
          )
      }
    }
  },
}

const eventsFit: Relation = {
  name: 'events are about the past and in order',
  where: 'cluster',
  check: async desk => {
    type Event = {
      readonly metadata: Pod['metadata']
      readonly firstTimestamp?: string
      readonly lastTimestamp?: string
      readonly eventTime?: string
      readonly series?: { readonly count: number; readonly lastObservedTime: string }
      readonly count?: number
      readonly reason: string
      readonly message: string
    }
    const events = await itemsOf<Event>(desk, 'events -A')
    const now = Number((await textOf(desk, 'date +%s')) ?? '')
    for (const { metadata, eventTime, series, reason, message, ...told } of events ?? []) {
      const firstTimestamp = told.firstTimestamp ?? eventTime ?? metadata.creationTimestamp
      const lastTimestamp = series?.lastObservedTime ?? told.lastTimestamp ?? firstTimestamp
      const count = series?.count ?? told.count
      const [first, last] = [Date.parse(firstTimestamp) / 1000, Date.parse(lastTimestamp) / 1000]
      const name = `${metadata.namespace}/${metadata.name} ${reason} "${message.slice(0, 60)}"`
      desk.holds(first <= last, `${name} first ${firstTimestamp} last ${lastTimestamp}`)
      desk.holds(last <= now + 2, `${name} last ${lastTimestamp} | now ${new Date(now * 1000).toISOString()}`)
      desk.holds(
        now - last <= 3700,
        `${name} last ${lastTimestamp} | events live an hour, now ${new Date(now * 1000).toISOString()}`,
      )
      desk.holds(
        (count ?? 1) >= 1 && ((count ?? 1) > 1 || first === last),
        `${name} counts ${count} from ${firstTimestamp} to ${lastTimestamp}`,
      )
    }
    const ages = (await textOf(desk, 'kubectl get events -A --no-headers')) ?? ''
    desk.holds(
      !/^\S+ +-\d|<invalid>/m.test(ages),
      `kubectl get events prints an age below zero: ${/^.*(?:<invalid>| -\d).*$/m.exec(ages)?.[0]}`,
    )
  },
}

/** Relations about pods and events. */
export const podRelations: readonly Relation[] = [tableAgrees, statesFit, eventsFit]
