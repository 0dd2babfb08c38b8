import { type Descriptor, descriptorsOf } from '../../relations/descriptors.ts'
import type { Call } from '../../shell/program.ts'
import type { Row } from './ss-columns.ts'

const LOGGED_TO = '/run/systemd/journal/stdout'

const row = (
  { process, fd, inode = 0, unix }: Descriptor,
  { local, peer }: { readonly local: string; readonly peer: number },
): Row => {
  const isWaiting = unix !== undefined
  const isDatagram = unix?.type === 'u_dgr'
  return [
    unix?.type ?? 'u_str',
    isWaiting ? (isDatagram ? 'UNCONN' : 'LISTEN') : 'ESTAB',
    '0',
    isWaiting && !isDatagram ? '4096' : '0',
    `${local} ${inode}`,
    `* ${peer}`,
    `users:(("${process.name}",pid=${process.pid},fd=${fd}))`,
  ]
}

const isLogged = ({ inode, listener, open, unix, fd }: Descriptor): boolean =>
  inode !== undefined && fd === 2 && listener === undefined && open === undefined && unix === undefined

/** The other end of a connection has the number next to it. */
const logged = (each: Descriptor, journald: Descriptor | undefined): readonly Row[] => {
  const { inode = 0 } = each
  const near = row(each, { local: '*', peer: inode + 40 })
  if (journald === undefined) return [near]
  const far = row(
    { ...journald, fd: 20 + (each.process.pid % 80), inode: inode + 40, unix: undefined },
    { local: LOGGED_TO, peer: inode },
  )
  return [near, far]
}

/** The sockets of the Unix domain: those that are waited at, and the connections by which services log. */
export const unixRows = (
  { world, host, container }: Call,
  wants: { readonly listening: boolean; readonly open: boolean },
): readonly Row[] => {
  if (container !== undefined) return []
  const all = descriptorsOf(world, host)
  const journald = all.find(({ process }) => process.name.startsWith('systemd-journal'))
  const waiting = all.filter(({ unix }) => unix !== undefined && (unix.type !== 'u_dgr' || wants.listening))
  return [
    ...(wants.listening ? waiting.map(each => row(each, { local: each.unix?.path ?? '*', peer: 0 })) : []),
    ...(wants.open ? all.filter(isLogged).flatMap(each => logged(each, journald)) : []),
  ]
}
