import { nameOfPort } from '../../network/port-names.ts'
import { sendFirstPacket } from '../../network/send-first-packet.ts'
import { bannerAt } from '../../relations/banner.ts'
import { connect } from '../../relations/connect.ts'
import { listenersOf } from '../../relations/listeners.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { connectFailures } from './connect-failures.ts'
import { readOptions } from './option-reader.ts'

const table = {
  switches: ['z', 'v', 'u', 'n', 'l', 'k', 'N', '4', '6', 't'],
  valued: ['w', 'p', 's', 'x', 'X'],
}

type Wait = { readonly flags: ReadonlySet<string>; readonly port: number }

/** Waits for somebody to connect: as long as it runs in the background the port is held. */
const listen = (call: Call, { flags, port }: Wait): Reply => {
  const protocol = flags.has('u') ? 'udp' : 'tcp'
  const isTaken =
    call.container === undefined &&
    listenersOf(call.world, call.host).some(
      ({ listener }) => listener.protocol === protocol && listener.port === port,
    )
  if (isTaken) return { stderr: 'nc: Address already in use\n', exit: 1 }
  const { process } = call.passage
  // A port of a container is held by what that was made to run.
  if (process !== undefined && call.container === undefined)
    process.listens = [{ protocol, address: '0.0.0.0', port, backlog: 1 }]
  return {
    stderr: flags.has('v') ? `Listening on 0.0.0.0 ${port}\n` : '',
    follow: { next: () => '' },
  }
}

const run = (call: Call): Reply => {
  const { flags, values, words } = readOptions(call.args, table)
  if (flags.has('l')) return listen(call, { flags, port: Number(words.at(-1) ?? values.get('p')) })
  const [host, portText] = words
  if (host === undefined || portText === undefined)
    return { stderr: 'usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]\n', exit: 1 }
  const resolved = resolveName(call.world, call.machine, host)
  if (resolved.kind !== 'found')
    return {
      stderr: `nc: getaddrinfo for host "${host}" port ${portText}: ${resolved.kind === 'failed' ? 'Temporary failure in name resolution' : 'Name or service not known'}\n`,
      exit: 1,
      tookMs: resolved.tookMs,
    }
  const port = Number(portText)
  const protocol = flags.has('u') ? 'udp' : 'tcp'
  const reached = connect(call.world, { from: call.machine, address: resolved.address, port, protocol })
  sendFirstPacket(call.world, { from: call.machine, address: resolved.address, port, protocol })
  const shown = resolved.address === host ? host : `${host} (${resolved.address})`
  // Without an answer a UDP port counts as open: nc cannot tell.
  if (reached.kind === 'open' || (protocol === 'udp' && reached.kind === 'timeout'))
    return {
      stdout: flags.has('z') ? '' : bannerAt(call.world, call.machine, { host, port: portText }),
      stderr: flags.has('v')
        ? `Connection to ${shown} ${port} port [${protocol}/${nameOfPort(port) ?? '*'}] succeeded!\n`
        : '',
      tookMs: 5,
    }
  const wait = values.get('w')
  const isLimited = reached.kind === 'timeout' && wait !== undefined
  const failure = connectFailures[reached.kind]
  const reason = isLimited ? 'Operation now in progress' : failure.text
  const tookMs = isLimited ? Number(wait) * 1000 : failure.tookMs
  const error = `nc: connect to ${shown} port ${port} (${protocol}) ${isLimited ? 'timed out' : 'failed'}: ${reason}\n`
  return { stderr: flags.has('v') ? error : '', exit: 1, tookMs }
}

/** nc(1) of OpenBSD: whether a port can be connected to. */
export const nc: Program = { names: ['nc', 'netcat'], isInstalled: everywhere, run }
