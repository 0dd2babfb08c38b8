import type { Program } from '../shell/program.ts'
import { dmesg } from './dmesg.ts'
import { hostname } from './hostname.ts'
import { journalctl } from './journalctl/journalctl.ts'
import { networkPrograms } from './network/network-programs.ts'
import { sshProgram } from './ssh.ts'
import { sudo } from './sudo.ts'
import { systemctl } from './systemctl/systemctl.ts'
import { timeout } from './timeout.ts'

/** Every command that the simulated machines have beyond the shell's own text tools. */
export const programs: readonly Program[] = [
  dmesg,
  hostname,
  journalctl,
  sshProgram,
  sudo,
  systemctl,
  timeout,
  ...networkPrograms,
]
