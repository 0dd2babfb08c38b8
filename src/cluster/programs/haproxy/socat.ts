import { nodeAt } from '../../files/file-tree.ts'
import { shownMs } from '../../relations/clock.ts'
import { connect } from '../../relations/connect.ts'
import { proxyStateOf, proxyUnitOf } from '../../relations/haproxy/proxy-state.ts'
import { hostAddressOf } from '../../relations/host-address.ts'
import { askSocket } from '../../services/haproxy/ask-socket.ts'
import type { Call, Program, Reply } from '../../shell/program.ts'

const stampOf = ({ machine, world }: Call): string =>
  new Date(shownMs(machine, world.nowMs)).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/')

const failure = (call: Call, text: string): Reply => ({
  stderr: `${stampOf(call)} socat[${call.machine.nextPid}] E ${text}\n`,
  exit: 1,
})

const throughSocket = (call: Call, path: string): Reply => {
  const { machine, world, stdin, user } = call
  const node = nodeAt(machine.files, path)
  const to = `connect(5, AF=1 "${path}", ${path.length + 3})`
  if (node === undefined) return failure(call, `${to}: No such file or directory`)
  if (user !== 'root' && (node.mode & 0o006) === 0) return failure(call, `${to}: Permission denied`)
  const state = proxyStateOf(world, machine)
  const unit = proxyUnitOf(machine)
  if (!path.includes('haproxy') || state === undefined || unit === undefined)
    return failure(call, `${to}: Connection refused`)
  const commands = stdin.split(/[;\n]/).filter(line => line.trim() !== '')
  return {
    stdout: commands.map(command => askSocket({ world, machine, unit, state }, command)).join(''),
    tookMs: 30,
  }
}

const throughTcp = (call: Call, host: string, port: number): Reply => {
  const found = hostAddressOf(call.world, call.machine, host)
  if (found.kind === 'failed')
    return failure(call, `getaddrinfo("${host}", "NULL", {0x00,0,1,6}, {}): Name or service not known`)
  const dialed = connect(call.world, { from: call.machine, address: found.address, port, protocol: 'tcp' })
  if (dialed.kind === 'open') return {}
  const words = {
    refused: 'Connection refused',
    timeout: 'Connection timed out',
    'no-route': 'No route to host',
    'unreachable-network': 'Network is unreachable',
    'black-hole': 'Invalid argument',
  }
  return {
    ...failure(call, `connect(5, AF=2 ${found.address}:${port}, 16): ${words[dialed.kind]}`),
    tookMs: dialed.kind === 'timeout' ? 127_000 : 20,
  }
}

/** socat(1), as far as one end is standard input and output. */
export const socat: Program = {
  names: ['socat'],
  isInstalled: ({ machine, container }) => container === undefined && machine.role === 'proxy',
  run: call => {
    const ends = call.args.filter(arg => !/^-[a-zA-Z]/.test(arg))
    if (ends.length !== 2)
      return failure(
        call,
        `exactly 2 addresses required (there are ${ends.length}); use option "-h" for help`,
      )
    const far = ends.find(end => !/^(-|stdio|STDIO|stdin|STDIN)(,|$)/.test(end)) ?? ''
    const path = /^(?:unix(?:-connect|-client)?:|gopen:)?(\/[^,]+)/i.exec(far)?.[1]
    if (path !== undefined) return throughSocket(call, path)
    const [, host = '', port = ''] = /^(?:tcp4?|tcp-connect|openssl):([^:]+):(\d+)/i.exec(far) ?? []
    if (host === '') return failure(call, `unknown device/address "${far.split(':')[0]}"`)
    return throughTcp(call, host, Number(port))
  },
}
