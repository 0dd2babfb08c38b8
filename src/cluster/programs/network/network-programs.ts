import type { Program } from '../../shell/program.ts'
import { curl } from './curl.ts'
import { ping } from './ping.ts'
import { ss } from './ss.ts'

/** The commands that look at the network and its filters and change them. */
export const networkPrograms: readonly Program[] = [curl, ping, ss]
