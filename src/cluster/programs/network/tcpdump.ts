import { establishedOf } from '../../network/established.ts'
import { stationOf } from '../../network/station.ts'
import { trafficAt } from '../../network/traffic-at.ts'
import { localTime } from '../../relations/clock.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { checksAt } from '../../relations/haproxy/checks-at.ts'
import { probesAt } from '../../relations/probes-at.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { readOptions } from './option-reader.ts'
import { captureHead, tcpdumpRelease } from './tcpdump-release.ts'

const table = {
  switches: ['n', 'nn', 'v', 'e', 'A', 'X', 'q', 'l', 't', 'p', 'U', 'S'],
  valued: ['i', 'c', 'w', 'r', 's', 'G', 'W', 'Z'],
}

/** Whether a line of traffic passes a filter of the kinds that are typed most: host, port, protocol, joined by and. */
const passes = (line: string, filter: string): boolean =>
  filter
    .split(/\s+and\s+/)
    .map(part => part.trim())
    .filter(part => part !== '')
    .every(part => {
      const host = /^(?:src |dst )?host (\S+)/.exec(part)?.[1]
      const port = /^(?:(?:udp|tcp) )?(?:src |dst )?port (\d+)/.exec(part)?.[1]
      if (host !== undefined)
        return line.includes(`${host}.`) || line.includes(`${host} `) || line.includes(`${host}:`)
      if (port !== undefined) return new RegExp(`\\.${port}[ :]`).test(line)
      if (part === 'udp') return line.includes('UDP') || line.includes('OTV')
      if (part === 'tcp') return line.includes('Flags')
      return part !== 'icmp' || line.includes('ICMP')
    })

const run = (call: Call): Reply => {
  const { text: release, isOld } = tcpdumpRelease(call.machine)
  if (call.args.includes('--version')) return isOld ? { stderr: release } : { stdout: release }
  const { values, words, flags } = readOptions(call.args, table)
  if (call.user !== 'root')
    return {
      stderr:
        "tcpdump: eth0: You don't have permission to capture on that device\n(socket: Operation not permitted)\n",
      exit: 1,
    }
  const device =
    values.get('i') ?? call.machine.interfaces.find(one => one.kind !== 'loopback')?.name ?? 'any'
  if (device !== 'any' && !call.machine.interfaces.some(one => one.name === device))
    return { stderr: `tcpdump: ${device}: No such device exists\n(SIOCGIFHWADDR: No such device)\n`, exit: 1 }
  const filter = words.join(' ')
  const wanted = values.has('c') ? Number(values.get('c')) : undefined
  const captured: string[] = []
  const more = (): readonly string[] => {
    const { time } = localTime(call.host, call.world.nowMs)
    const lines = seenOn(call, device)
      .filter(line => passes(line, filter))
      .map(
        (line, index) =>
          `${time}.${String(100_000 + index * 61_803).slice(0, 6)} ${device === 'any' && !isOld ? placeOf(call, line) : ''}${line}`,
      )
    const room = wanted === undefined ? lines.length : wanted - captured.length
    const taken = lines.slice(0, Math.max(0, room))
    captured.push(...taken)
    return taken
  }
  const text = (lines: readonly string[]): string => lines.map(line => `${line}\n`).join('')
  const head = captureHead(call.machine, { device, isVerbose: flags.has('v') })
  return {
    stdout: text(more()),
    // How many there were is known at the end: then this is read.
    get stderr() {
      return `${head}${captured.length} packets captured\n${captured.length} packets received by filter\n0 packets dropped by kernel\n`
    },
    follow: {
      next: () => text(more()),
      isOver: () => wanted !== undefined && captured.length >= wanted,
      end: () => ({ stdout: '', exit: 0 }),
    },
  }
}

/** Only the wire of the machine carries what its programs say to others, and a pod's interface what the kubelet asks it; a pod sees what goes to its own address and from it. */
const seenOn = (call: Call, device: string): readonly string[] => {
  const { sandbox } = stationOf(call.world, call.machine)
  const probes = probesAt(call.world, call.host)
  const isLoop = device === 'lo'
  const isWire = device === mainDevice(call)
  if (sandbox === undefined && !isLoop && device !== 'any' && !isWire)
    return probes.filter(line => portOf(call, line) === device)
  const lines = [
    ...trafficAt(call.world, call.host, establishedOf(call.world, call.host)),
    ...checksAt(call.world, call.host),
  ]
  if (sandbox !== undefined)
    return [...lines, ...probes].filter(line => line.includes(` ${sandbox.address}.`))
  return device === 'any' ? [...lines, ...probes] : lines.filter(line => / 127\./.test(line) === isLoop)
}

/** The interface of the pod that the kubelet asks in a line, if it is one of those. */
const portOf = ({ host }: Call, line: string): string | undefined =>
  host.routes.find(
    ({ to, device }) => device.startsWith('cali') && (line.includes(` ${to}.`) || line.includes(` ${to}:`)),
  )?.device

/** Where a line of all interfaces was seen, and which way it went. */
const placeOf = (call: Call, line: string): string => {
  const pod = call.machine === call.host ? portOf(call, line) : undefined
  const device = / 127\./.test(line) ? 'lo' : (pod ?? mainDevice(call))
  const sender = /^IP6? (\S+)\.\d+ >/.exec(line)?.[1]
  const isOwn = call.host.interfaces.some(({ addresses }) =>
    addresses.some(address => address.split('/')[0] === sender),
  )
  return `${device.padEnd(5)} ${isOwn && device !== 'lo' ? 'Out' : 'In '} `
}

const mainDevice = ({ host }: Call): string =>
  host.interfaces.find(one => one.addresses.some(address => address.startsWith(`${mainAddressOf(host)}/`)))
    ?.name ?? 'eth0'

/** tcpdump(8): the traffic that a machine would see now, filtered by host, port and protocol. */
export const tcpdump: Program = { names: ['tcpdump'], isInstalled: everywhere, run }
