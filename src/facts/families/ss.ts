import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const states =
  'LISTEN|UNCONN|ESTAB|SYN-SENT|SYN-RECV|FIN-WAIT-1|FIN-WAIT-2|TIME-WAIT|CLOSE-WAIT|LAST-ACK|CLOSING|CLOSED|CLOSE|UNKNOWN'
const rowPattern = new RegExp(
  String.raw`^(?:([a-z]\w*)\s+)?(${states})\s+(\d+)\s+(\d+)\s+(\S+):(\S+)\s+(\S+):([^\s]+?)\s*(users:.*|timer:.*)?$`,
)

// On a narrow terminal the processes of a socket stand on the next line.
const unwrapped = (lines: readonly TextLine[]): readonly TextLine[] =>
  lines.flatMap((line, index) => {
    if (/^\s+users:/.test(line.text)) return []
    const next = lines[index + 1]?.text ?? ''
    return [/^\s+users:/.test(next) ? { ...line, text: `${line.text.trimEnd()} ${next.trim()}` } : line]
  })

// `users:(("sshd",pid=87,fd=3))`, before iproute2 4.0 `users:(("sshd",87,3))`
const processPattern = /\("([^"]*)",(?:pid=)?(\d+)/

const portOf = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined)

const socketOf = (text: string): FactValue | undefined => {
  const match = rowPattern.exec(text)
  if (match === null) return undefined
  const [
    ,
    protocol,
    state = '',
    received,
    sent,
    local = '',
    localPort = '',
    peer = '',
    peerPort = '',
    rest = '',
  ] = match
  const owner = processPattern.exec(rest)
  return record({
    protocol,
    state,
    localAddress: local,
    localPort: portOf(localPort),
    localService: portOf(localPort) === undefined && localPort !== '*' ? localPort : undefined,
    peerAddress: peer,
    peerPort: portOf(peerPort),
    receiveQueue: Number(received),
    sendQueue: Number(sent),
    process: owner?.[1],
    pid: owner === null ? undefined : Number(owner[2]),
  })
}

const parse = ({ stdout, exitCode }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const rows: readonly Located<FactValue>[] = unwrapped(lines).flatMap(({ number, text }) => {
    const value = socketOf(text.trim())
    return value === undefined ? [] : [{ line: number, value }]
  })
  const headerAlone = lines.length === 1 && /Local Address:Port/.test(lines[0]?.text ?? '')
  const none = headerAlone || (stdout.trim() === '' && (exitCode === 0 || exitCode === 1))
  return rows.length > 0 || none ? listFact('sockets', rows) : nothing
}

/** Sockets: `ss` with -t, -u, -l, -n, -p in any mix; a table without rows means that nothing fits. */
export const ss: Parser = {
  name: 'ss',
  gives: ['sockets'],
  recognises: argv => argv[0] === 'ss' && !argv.includes('-s'),
  recognisesText: text => /^(?:Netid\s+)?State\s+Recv-Q\s+Send-Q\s+Local Address:Port/m.test(text),
  parse,
}
