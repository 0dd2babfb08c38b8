import type { Program } from '../shell/program.ts'
import { hostname } from './hostname.ts'
import { sshProgram } from './ssh.ts'
import { sudo } from './sudo.ts'
import { timeout } from './timeout.ts'

/** Every command that the simulated machines have beyond the shell's own text tools. */
export const programs: readonly Program[] = [hostname, sshProgram, sudo, timeout]
