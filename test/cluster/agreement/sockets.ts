import type { Desk, Relation } from './desk.ts'
import { linesOf, rowsOf, sorted, textOf } from './read.ts'

type Socket = {
  readonly proto: string
  readonly state: string
  readonly address: string
  readonly port: string
  readonly peer: string
  readonly owners: readonly { readonly name: string; readonly pid: string }[]
}

const anyAddress = (address: string): string =>
  address.replace(/^\[|\]$|%.*$/g, '').replace(/^(?:\*|0\.0\.0\.0|::)$/, '*')

const splitAddress = (text: string): { address: string; port: string } => {
  const at = text.lastIndexOf(':')
  return { address: text.slice(0, at), port: text.slice(at + 1) }
}

const readSs = (text: string): readonly Socket[] =>
  rowsOf(text, 1).map(row => {
    const [proto = '', state = '', , , local = '', peer = ''] = row
    const users = row.slice(6).join(' ')
    return {
      proto,
      state,
      ...splitAddress(local),
      peer,
      owners: [...users.matchAll(/\("([^"]+)",pid=(\d+)/g)].map(([, name = '', pid = '']) => ({ name, pid })),
    }
  })

const listening = async (desk: Desk): Promise<readonly Socket[]> =>
  readSs((await textOf(desk, 'ss -lntup')) ?? '')

const named = (socket: Socket): string => `${socket.proto} ${anyAddress(socket.address)}:${socket.port}`

const ownersLive: Relation = {
  name: 'an owner of a socket is a process of that name',
  where: 'machine',
  check: async desk => {
    const processes = new Map(
      rowsOf((await textOf(desk, 'ps -eo pid,comm --no-headers')) ?? '').map(([pid = '', ...comm]) => [
        pid,
        comm.join(' '),
      ]),
    )
    for (const socket of readSs((await textOf(desk, 'ss -antup')) ?? ''))
      for (const { name, pid } of socket.owners)
        desk.same(`${named(socket)} pid ${pid}`, { ss: name, ps: processes.get(pid) })
  },
}

const netstatAgrees: Relation = {
  name: 'ss and netstat know the same listeners',
  where: 'machine',
  check: async desk => {
    const netstat = await textOf(desk, 'netstat -lntup')
    if (netstat === undefined) return
    const told = rowsOf(netstat)
      .filter(([proto = '']) => /^(?:tcp|udp)/.test(proto))
      .map(([proto = '', , , local = '', , ...rest]) => {
        const { address, port } = splitAddress(local)
        const owner = rest.find(part => /^\d+\//.test(part))?.split('/')[0] ?? '-'
        return `${proto.replace('6', '')} ${anyAddress(address)}:${port} ${owner}`
      })
    const own = (await listening(desk)).map(socket => `${named(socket)} ${socket.owners[0]?.pid ?? '-'}`)
    desk.same('listeners', { ss: sorted(own), netstat: sorted(told) })
  },
}

const lsofAgrees: Relation = {
  name: 'ss and lsof know the same listeners',
  where: 'machine',
  check: async desk => {
    const lsof = await textOf(desk, 'lsof -nP -iTCP -sTCP:LISTEN')
    if (lsof === undefined) return
    const told = rowsOf(lsof, 1).map(row => {
      const { address, port } = splitAddress(row[8] ?? '')
      return `tcp ${anyAddress(address)}:${port} ${row[1]}`
    })
    const own = (await listening(desk))
      .filter(({ proto, owners }) => proto === 'tcp' && owners.length > 0)
      .flatMap(socket => socket.owners.map(({ pid }) => `${named(socket)} ${pid}`))
    desk.same('listeners', { ss: sorted(own), lsof: sorted(told) })
  },
}

const states: Readonly<Record<string, string>> = {
  '01': 'ESTAB',
  '02': 'SYN-SENT',
  '03': 'SYN-RECV',
  '04': 'FIN-WAIT-1',
  '05': 'FIN-WAIT-2',
  '06': 'TIME-WAIT',
  '07': 'UNCONN',
  '08': 'CLOSE-WAIT',
  '09': 'LAST-ACK',
  '0A': 'LISTEN',
}

const procKnowsSockets: Relation = {
  name: 'ss and /proc/net know the same sockets',
  where: 'machine',
  check: async desk => {
    const own = readSs((await textOf(desk, 'ss -antu')) ?? '')
    for (const proto of ['tcp', 'udp']) {
      const files = await desk.type(`cat /proc/net/${proto} /proc/net/${proto}6`)
      desk.holds(files.exit === 0, `cat /proc/net/${proto}6: ${files.stderr}`)
      const told = rowsOf(files.stdout)
        .filter(([slot = '']) => /^\d+:$/.test(slot))
        .map(
          ([, local = '', , state = '']) =>
            `${Number.parseInt(splitAddress(local).port, 16)} ${states[state] ?? state}`,
        )
      const said = own
        .filter(socket => socket.proto === proto)
        .map(({ port, state }) => `${port} ${proto === 'udp' && state === 'ESTAB' ? 'ESTAB' : state}`)
      desk.same(`${proto} sockets`, { ss: sorted(said), proc: sorted(told) })
    }
  },
}

const totalsAgree: Relation = {
  name: 'the totals of ss count its lines',
  where: 'machine',
  check: async desk => {
    const summary = (await textOf(desk, 'ss -s')) ?? ''
    const own = readSs((await textOf(desk, 'ss -antu')) ?? '')
    const tcp = own.filter(({ proto }) => proto === 'tcp')
    const count = (state: string): number => tcp.filter(socket => socket.state === state).length
    const head =
      /TCP: +(\d+) \(estab (\d+), closed (\d+), orphaned \d+,(?: synrecv \d+,)? timewait (\d+)/.exec(summary)
    desk.same('established', { total: Number(head?.[2]), lines: count('ESTAB') })
    desk.same('waiting', { total: Number(head?.[4]), lines: count('TIME-WAIT') })
    const transport = new Map(rowsOf(summary).map(([name = '', total]) => [name, Number(total)]))
    desk.same('udp', { total: transport.get('UDP'), lines: own.length - tcp.length })
    desk.same('tcp', { total: transport.get('TCP'), lines: tcp.length - count('TIME-WAIT') })
  },
}

/** Whether something between may stop what is sent to a port: a rule, or a full table of connections. */
const mayRefuse = async (desk: Desk, port: string): Promise<boolean> => {
  const rules = linesOf((await textOf(desk, 'iptables-save')) ?? '')
  const isRuled = rules.some(rule =>
    new RegExp(`^:INPUT DROP|^-A (?!KUBE|cali|FLANNEL).*\\b${port}\\b.*-j (?:DROP|REJECT)`).test(rule),
  )
  const counts = await textOf(
    desk,
    'cat /proc/sys/net/netfilter/nf_conntrack_count /proc/sys/net/netfilter/nf_conntrack_max',
  )
  const [count = 0, most = Infinity] = linesOf(counts ?? '').map(Number)
  return isRuled || count >= most
}

const portsAnswer: Relation = {
  name: 'a listening port accepts, and a closed one refuses',
  where: 'machine',
  check: async desk => {
    const addresses = ((await textOf(desk, 'hostname -I')) ?? '').trim().split(/\s+/)
    const ports = (await listening(desk)).filter(
      ({ proto, address }) => proto === 'tcp' && !/:/.test(anyAddress(address)),
    )
    for (const { address, port } of ports) {
      const target = anyAddress(address) === '*' ? '127.0.0.1' : anyAddress(address)
      if (target !== '127.0.0.1' && !target.startsWith('127.') && !addresses.includes(target)) continue
      const line = `timeout 3 bash -c 'echo > /dev/tcp/${target}/${port}'`
      const { exit, stderr } = await desk.type(line)
      const isOpen = exit === 0 || (await mayRefuse(desk, port))
      desk.holds(isOpen, `ss: ${target}:${port} listens | ${line}: exit ${exit} ${stderr}`)
    }
    const { exit } = await desk.type("timeout 3 bash -c 'echo > /dev/tcp/127.0.0.1/61997'")
    const isRefused = exit === 1 || (await mayRefuse(desk, '61997'))
    desk.holds(isRefused, `nobody listens on 61997, and connecting there exits with ${exit}`)
  },
}

/** Relations about sockets. */
export const socketRelations: readonly Relation[] = [
  ownersLive,
  netstatAgrees,
  lsofAgrees,
  procKnowsSockets,
  totalsAgree,
  portsAnswer,
]
