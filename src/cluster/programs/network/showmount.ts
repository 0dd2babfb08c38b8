import { connect } from '../../relations/connect.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'

const NFS_PORT = 2049
const RPC_WAIT_MS = 15_000

const run = (call: Call): Reply => {
  const server = call.args.filter(word => !word.startsWith('-')).at(-1)
  if (server === undefined) return { stderr: 'clnt_create: RPC: Program not registered\n', exit: 1 }
  const resolved = resolveName(call.world, call.machine, server)
  if (resolved.kind !== 'found')
    return { stderr: `clnt_create: RPC: Unknown host\n`, exit: 1, tookMs: resolved.tookMs }
  const reached = connect(call.world, {
    from: call.machine,
    address: resolved.address,
    port: NFS_PORT,
    protocol: 'tcp',
  })
  if (reached.kind === 'open')
    return {
      stdout: `Export list for ${server}:\n${call.world.fabric.exports.map(path => `${path} ${call.world.fabric.subnet}\n`).join('')}`,
    }
  const reason = {
    refused: 'RPC: Unable to receive',
    timeout: 'RPC: Timed out',
    'no-route': 'RPC: Port mapper failure - Unable to receive: errno 113 (No route to host)',
    'unreachable-network': 'RPC: Port mapper failure - Unable to send: errno 101 (Network is unreachable)',
    'black-hole': 'RPC: Port mapper failure - Unable to send: errno 22 (Invalid argument)',
  }[reached.kind]
  return {
    stderr: `clnt_create: ${reason}\n`,
    exit: 1,
    tookMs: reached.kind === 'timeout' ? RPC_WAIT_MS : 3_000,
  }
}

/** showmount(8) -e: what an NFS server exports. */
export const showmount: Program = { names: ['showmount'], isInstalled: onMachines, run }
