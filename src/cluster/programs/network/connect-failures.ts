import type { Connection } from '../../relations/connect.ts'

/** What connect(2) reports for a connection that did not come about: libc's words, the number, and after how long. */
export type ConnectFailure = { readonly text: string; readonly code: number; readonly tookMs: number }

/** The failures by how an attempt ends. Of a host that is silent a kernel gives up after six more tries, of one without ARP after three. */
export const connectFailures: Readonly<Record<Exclude<Connection['kind'], 'open'>, ConnectFailure>> = {
  refused: { text: 'Connection refused', code: 111, tookMs: 2 },
  timeout: { text: 'Connection timed out', code: 110, tookMs: 127_000 },
  'no-route': { text: 'No route to host', code: 113, tookMs: 3_000 },
  'unreachable-network': { text: 'Network is unreachable', code: 101, tookMs: 2 },
  'black-hole': { text: 'Invalid argument', code: 22, tookMs: 2 },
}
