import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

type Service = { readonly line: number; readonly cells: FactValue; readonly servers: FactValue[] }

const servicePattern = /^(TCP|UDP|SCTP|FWM)\s+(\S+?)(?::(\w+))?\s+(\w[\w-]*)(?:\s+(.*?))?\s*$/
const serverPattern = /^\s+->\s+(\S+):(\w+)\s+(Masq|Route|Tunnel|Local)\s+(-?\d+)\s+(\d+)\s+(\d+)\s*$/

const withoutBrackets = (address: string): string => address.replace(/^\[|\]$/g, '')

const serviceOf = (text: string): FactValue | undefined => {
  const [, protocol, address, port, scheduler, flags = ''] = servicePattern.exec(text) ?? []
  if (protocol === undefined || address === undefined) return undefined
  const persistent = /persistent (\d+)/.exec(flags)?.[1]
  return record({
    protocol: protocol.toLowerCase(),
    address: withoutBrackets(address),
    port: port === undefined ? undefined : Number(port),
    scheduler,
    persistentSeconds: persistent === undefined ? undefined : Number(persistent),
  })
}

const serverOf = (text: string): FactValue | undefined => {
  const [, address, port, forward, weight, active, inactive] = serverPattern.exec(text) ?? []
  if (address === undefined) return undefined
  return record({
    address: withoutBrackets(address),
    port: Number(port),
    forward,
    weight: Number(weight),
    activeConnections: Number(active),
    inactiveConnections: Number(inactive),
  })
}

const servicesIn = (stdout: string): readonly Service[] => {
  const services: Service[] = []
  for (const { number, text } of linesOf(stdout)) {
    const cells = serviceOf(text)
    const server = serverOf(text)
    if (cells !== undefined) services.push({ line: number, cells, servers: [] })
    else if (server !== undefined) services.at(-1)?.servers.push(server)
  }
  return services
}

const parse = ({ stdout, exitCode }: ParserInput): Parsed => {
  const rows: readonly Located<FactValue>[] = servicesIn(stdout).map(({ line, cells, servers }) => ({
    line,
    value: Object.assign({}, cells, { realServers: servers }),
  }))
  const none = /^Prot LocalAddress:Port/m.test(stdout) || (stdout.trim() === '' && exitCode === 1)
  return rows.length > 0 || none ? listFact('virtualServers', rows) : nothing
}

/** What IPVS balances: `ipvsadm -L` and `-Ln`, of all services or of one. */
export const ipvsadm: Parser = {
  name: 'ipvsadm',
  gives: ['virtualServers'],
  recognises: argv =>
    argv[0] === 'ipvsadm' && argv.every(word => !/^-[AEDCRZade]|^--(?:add|clear|delete)/.test(word)),
  recognisesText: text => /^Prot LocalAddress:Port Scheduler/m.test(text),
  parse,
}
