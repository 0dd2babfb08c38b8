import type { Connection } from '../../relations/connect.ts'

/** What connect(2) reports for a connection that did not come about, in libc's words. */
export const connectFailures: Readonly<Record<Exclude<Connection['kind'], 'open'>, string>> = {
  refused: 'Connection refused',
  timeout: 'Connection timed out',
  'no-route': 'No route to host',
  'unreachable-network': 'Network is unreachable',
  'black-hole': 'Invalid argument',
}
