import type { Program } from '../shell/program.ts'
import { binary } from './binary.ts'
import { which } from './files/which.ts'
import { gravity } from './gravity/gravity.ts'
import { planet } from './gravity/planet.ts'
import { kctl, serfProgram } from './gravity/planet-tools.ts'
import { hostname } from './hostname.ts'
import { kubePrograms } from './kube-programs.ts'
import { networkPrograms } from './network/network-programs.ts'
import { nodePrograms } from './node-programs.ts'
import { scp } from './scp.ts'
import { sshProgram } from './ssh.ts'
import { sudo } from './sudo.ts'
import { timeout } from './timeout.ts'
import { tellingVersion } from './version-text.ts'

const all: readonly Program[] = [
  binary,
  hostname,
  sshProgram,
  scp,
  sudo,
  timeout,
  which,
  ...nodePrograms,
  ...networkPrograms,
  ...kubePrograms,
  gravity,
  planet,
  kctl,
  serfProgram,
]

/** Every command that the simulated machines have beyond the shell's own text tools. */
export const programs: readonly Program[] = all.map(tellingVersion)
