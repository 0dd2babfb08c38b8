import type { Reply } from '../../shell/program.ts'
import type { Machine } from '../../world/machine.ts'
import type { NetworkInterface } from '../../world/network.ts'

const counters = () => ({ bytes: 0, packets: 0, errors: 0, dropped: 0 })

type Kind = 'dummy' | 'bridge' | 'veth' | 'vlan' | 'bond'

const modules: Readonly<Record<Kind, string>> = {
  dummy: 'dummy',
  bridge: 'bridge',
  veth: 'veth',
  vlan: '8021q',
  bond: 'bonding',
}

const isKind = (word: string | undefined): word is Kind => word !== undefined && word in modules

/** The address of a card that is made: locally administered, another for each name. */
const macFor = (machine: Machine, name: string): string => {
  const seed = [...`${machine.machineId}${name}`].reduce(
    (sum, letter) => (sum * 33 + letter.charCodeAt(0)) % 2 ** 32,
    5_381,
  )
  const bytes = [24, 16, 8, 0].map(shift => Math.floor(seed / 2 ** shift) % 256)
  return [0x5e, 0x8a, ...bytes].map(byte => byte.toString(16).padStart(2, '0')).join(':')
}

type Wanted = Pick<NetworkInterface, 'name' | 'kind' | 'mtu' | 'mac'> & {
  readonly made: NonNullable<NetworkInterface['made']>
}

const attach = (machine: Machine, wanted: Wanted): void => {
  const index = Math.max(...machine.interfaces.map(device => device.index)) + 1
  machine.interfaces.push({
    ...wanted,
    index,
    isUp: false,
    hasCarrier: true,
    addresses: [],
    master: undefined,
    vxlan: undefined,
    received: counters(),
    sent: counters(),
  })
}

const LONGEST_NAME = 15
const USUAL_MTU = 1_500

/** `ip link add [link DEV] [name] NAME type KIND …`: an interface that lasts until it is deleted or the machine boots. */
export const addLink = (machine: Machine, words: readonly string[]): Reply => {
  const at = words.indexOf('type')
  const [head, tail] = at < 0 ? [words, []] : [words.slice(0, at), words.slice(at + 1)]
  const after = (key: string, among: readonly string[] = head): string | undefined =>
    among.includes(key) ? among[among.indexOf(key) + 1] : undefined
  const valued = /^(link|name|dev|mtu|address|txqueuelen|index)$/
  const bare = head.find((word, place) => !valued.test(word) && !valued.test(head[place - 1] ?? ''))
  const [kind] = tail
  if (kind === undefined)
    return { stderr: 'Not enough information: "type" argument is required\n', exit: 255 }
  const parent = after('link')
  if (parent !== undefined && !machine.interfaces.some(({ name }) => name === parent))
    return { stderr: `Cannot find device "${parent}"\n`, exit: 1 }
  if (!isKind(kind)) return { stderr: 'Error: Unknown device type.\n', exit: 2 }
  const name = after('name') ?? after('dev') ?? bare ?? `${kind}0`
  const peer =
    kind === 'veth'
      ? (after('name', tail) ?? name.replace(/\d*$/, digits => String(Number(digits) + 1)))
      : undefined
  for (const each of [name, ...(peer === undefined ? [] : [peer])]) {
    if (each.length > LONGEST_NAME)
      return { stderr: `Error: argument "${each}" is wrong: "name" not a valid ifname\n`, exit: 255 }
    if (machine.interfaces.some(device => device.name === each))
      return { stderr: 'RTNETLINK answers: File exists\n', exit: 2 }
  }
  const id = after('id', tail)
  if (kind === 'vlan' && (id === undefined || parent === undefined))
    return { stderr: 'RTNETLINK answers: Invalid argument\n', exit: 2 }
  const mac = after('address') ?? machine.interfaces.find(device => device.name === parent)?.mac
  const mtu = Number(after('mtu') ?? USUAL_MTU)
  const made = {
    peer: peer ?? parent,
    id: id === undefined ? undefined : Number(id),
    mode: after('mode', tail),
  }
  attach(machine, { name, kind, mtu, mac: mac ?? macFor(machine, name), made })
  if (peer !== undefined)
    attach(machine, { name: peer, kind, mtu, mac: macFor(machine, peer), made: { ...made, peer: name } })
  const module = modules[kind]
  if (machine.virtualization !== 'lxc' && !machine.modules.some(loaded => loaded.name === module))
    machine.modules.unshift({ name: module, sizeBytes: 32_768, usedBy: [] })
  followCarriers(machine)
  return {}
}

/** Gives the interfaces that were made by hand a carrier as the others have one: their peers, their ports, what they lie on. */
export const followCarriers = (machine: Machine): void => {
  for (const device of machine.interfaces) {
    if (device.made === undefined) continue
    const other = machine.interfaces.find(({ name }) => name === device.made?.peer)
    if (device.kind === 'bridge' || device.kind === 'bond')
      device.hasCarrier = machine.interfaces.some(
        ({ master, isUp, hasCarrier }) => master === device.name && isUp && hasCarrier,
      )
    else if (device.kind === 'veth') device.hasCarrier = other?.isUp === true
    else if (device.kind === 'vlan') device.hasCarrier = other?.isUp === true && other.hasCarrier
  }
}
