import type { Cause } from './types.ts'

/** Tells whether a line is the one with which journalctl shows that the machine started anew. */
export const isBootMark = (line: string): boolean =>
  line.startsWith('-- ') && /^-- (Boot [0-9a-f]{32}|Reboot) --$/.test(line)

/** Tells whether a cause may outlive a start of the machine: hardware, disks and networks may; what programs did is over. */
export const outlivesBoot = ({ layer }: Cause): boolean => layer === 'infra'
