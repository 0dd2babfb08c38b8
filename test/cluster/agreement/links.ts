import type { Desk, Relation } from './desk.ts'
import { jsonOf, linesOf, rowsOf, sorted, textOf } from './read.ts'

type Link = {
  readonly ifname: string
  readonly flags: readonly string[]
  readonly mtu: number
  readonly operstate: string
  readonly address?: string
  readonly addr_info: readonly {
    readonly family: string
    readonly local: string
    readonly prefixlen: number
    readonly scope: string
  }[]
}

const linksOf = async (desk: Desk): Promise<readonly Link[]> =>
  (await jsonOf<readonly Link[]>(desk, 'ip -j a')) ?? []

const toolsAgree: Relation = {
  name: 'ip, ifconfig, hostname and /sys know the same links',
  where: 'machine',
  check: async desk => {
    const links = await linksOf(desk)
    const names = sorted(links.map(({ ifname }) => ifname))
    const plain = linesOf((await textOf(desk, 'ip a')) ?? '')
    desk.same('links', {
      'ip -j': names,
      ip: sorted(plain.flatMap(line => /^\d+: ([^:@]+)/.exec(line)?.[1] ?? [])),
      sys: sorted(linesOf((await textOf(desk, 'ls /sys/class/net')) ?? '')),
      'proc/net/dev': sorted(
        rowsOf((await textOf(desk, 'cat /proc/net/dev')) ?? '', 2).map(([name = '']) =>
          name.replace(/:.*/, ''),
        ),
      ),
    })
    const ifconfig = await textOf(desk, 'ifconfig -a')
    if (ifconfig)
      desk.same('links', {
        'ip -j': names,
        ifconfig: sorted([...ifconfig.matchAll(/^(\S+): flags/gm)].map(([, name = '']) => name)),
      })
    const own = links
      .flatMap(({ addr_info }) => addr_info)
      .filter(({ family, scope }) => family === 'inet' && scope === 'global')
      .map(({ local }) => local)
    desk.same('addresses', {
      ip: sorted(own),
      hostname: sorted(((await textOf(desk, 'hostname -I')) ?? '').trim().split(/\s+/)),
    })
    for (const link of links) {
      const sys = linesOf(
        (await textOf(desk, `cd /sys/class/net/${link.ifname} && cat mtu operstate address`)) ?? '',
      )
      desk.same(`${link.ifname}`, {
        ip: [`${link.mtu}`, link.operstate.toLowerCase(), link.address ?? ''],
        sys: [sys[0], sys[1], sys[2] ?? ''],
      })
      desk.holds(
        link.flags.includes('UP') || link.operstate === 'DOWN',
        `ip: ${link.ifname} is ${link.operstate} with the flags ${link.flags.join(',')}`,
      )
    }
  },
}

const countersAgree: Relation = {
  name: 'ip -s, /proc/net/dev and /sys count the same packets',
  where: 'machine',
  check: async desk => {
    const dev = new Map(
      rowsOf((await textOf(desk, 'cat /proc/net/dev')) ?? '', 2).map(row => [
        (row[0] ?? '').replace(/:$/, ''),
        row.slice(1).map(Number),
      ]),
    )
    const stats = (await textOf(desk, 'ip -s link')) ?? ''
    for (const block of stats.split(/\n(?=\d+: )/)) {
      const name = /^\d+: ([^:@]+)/.exec(block)?.[1]
      const [, rx = '', , tx = ''] = block.split('\n').slice(2)
      const own = dev.get(name ?? '')
      if (!own) continue
      const close = (a: number, b: number): boolean => Math.abs(a - b) <= Math.max(100_000, b * 0.0001)
      desk.holds(
        close(Number(rx.trim().split(/\s+/)[0]), own[0] ?? NaN) &&
          close(Number(tx.trim().split(/\s+/)[0]), own[8] ?? NaN),
        `ip -s: ${name} ${rx.trim()} / ${tx.trim()} | /proc/net/dev: ${own.join(' ')}`,
      )
    }
  },
}

const routesLead: Relation = {
  name: 'a route points at a link that is there',
  where: 'machine',
  check: async desk => {
    const links = new Map((await linksOf(desk)).map(link => [link.ifname, link]))
    const routes = linesOf((await textOf(desk, 'ip r')) ?? '')
    for (const route of routes) {
      const name = / dev (\S+)/.exec(route)?.[1]
      if (name === undefined) continue
      desk.holds(links.has(name), `ip r: ${route} | ip a has no ${name}`)
      desk.holds(links.get(name)?.flags.includes('UP') ?? true, `ip r: ${route} | ip a: ${name} is down`)
      const source = / src (\S+)/.exec(route)?.[1]
      if (source)
        desk.holds(
          [...links.values()].some(({ addr_info }) => addr_info.some(({ local }) => local === source)),
          `ip r: ${route} | no link has the address ${source}`,
        )
    }
    const proc = rowsOf((await textOf(desk, 'cat /proc/net/route')) ?? '', 1)
    const plain = routes.filter(route => !/^(?:blackhole|unreachable|prohibit)/.test(route))
    desk.same('routes', { ip: plain.length, proc: proc.filter(([name]) => name !== '*').length })
    const table = await textOf(desk, 'route -n')
    if (table)
      desk.same('routes', {
        ip: plain.length,
        route: rowsOf(table, 2).filter(row => row.at(-1) !== '-' && row.at(-1) !== '*').length,
      })
  },
}

const neighboursAgree: Relation = {
  name: 'a neighbour has the hardware address that the machine itself shows',
  where: 'machine',
  check: async desk => {
    const owners = new Map<string, string>()
    for (const machine of await desk.machines())
      for (const { address = '', addr_info } of (await jsonOf<readonly Link[]>(desk, 'ip -j a', machine)) ??
        [])
        for (const { local } of addr_info) owners.set(local, address)
    for (const row of rowsOf((await textOf(desk, 'ip neigh')) ?? '')) {
      const mac = row[row.indexOf('lladdr') + 1]
      const own = owners.get(row[0] ?? '')
      if (own === undefined || !row.includes('lladdr')) continue
      desk.same(`${row[0]}`, { neigh: mac, 'ip a there': own })
    }
  },
}

/** Relations about network interfaces and routes. */
export const linkRelations: readonly Relation[] = [toolsAgree, countersAgree, routesLead, neighboursAgree]
