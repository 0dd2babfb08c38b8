import { existsSync, readFileSync } from 'node:fs'

const STATUS = '/proc/self/status'

/** The most memory that this process has held, in MiB. On Linux its resource usage would count what the process that started it held. */
export const peakMebibytes = (): number => {
  const held = existsSync(STATUS) ? /^VmHWM:\s+(\d+)/m.exec(readFileSync(STATUS, 'utf8'))?.[1] : undefined
  return (held === undefined ? process.resourceUsage().maxRSS : Number(held)) / 1024
}
