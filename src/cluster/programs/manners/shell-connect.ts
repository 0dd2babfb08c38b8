import { socketOf } from '../../files/devices.ts'
import { connect } from '../../relations/connect.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { connectFailures } from '../network/connect-failures.ts'

/** Tries a connection to what bash names /dev/tcp/HOST/PORT, with bash's words where there is none. */
export const shellConnect: Program = {
  names: ['__connect'],
  isInstalled: everywhere,
  run: ({ args: [path = ''], world, machine }): Reply => {
    const socket = socketOf(path)
    if (socket === undefined)
      return { stderr: `bash: ${path}: No such file or directory\n`, exit: 1, tookMs: 0 }
    const resolved = resolveName(world, machine, socket.host)
    if (resolved.kind !== 'found') {
      const why =
        resolved.kind === 'failed' ? 'Temporary failure in name resolution' : 'Name or service not known'
      const stderr = `bash: ${socket.host}: ${why}\nbash: ${path}: Invalid argument\n`
      return { stderr, exit: 1, tookMs: resolved.tookMs }
    }
    const { address } = resolved
    const protocol = path.startsWith('/dev/udp/') ? 'udp' : 'tcp'
    const reached = connect(world, { from: machine, address, port: Number(socket.port), protocol })
    const isSent = protocol === 'udp' && (reached.kind === 'timeout' || reached.kind === 'refused')
    if (reached.kind === 'open' || isSent) return { tookMs: 2 }
    const { text, tookMs } = connectFailures[reached.kind]
    return { stderr: `bash: connect: ${text}\nbash: ${path}: ${text}\n`, exit: 1, tookMs }
  },
}
