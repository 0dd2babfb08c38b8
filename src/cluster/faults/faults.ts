import { remakeCertificate } from './certificate-faults.ts'
import { damageEtcd, growEtcd, loadApiServer, slowEtcd } from './control-plane-faults.ts'
import type { Fault } from './fault.ts'
import {
  failDevice,
  fillDisk,
  powerOff,
  runawayProcess,
  setClock,
  slowDisk,
  useInodes,
} from './machine-faults.ts'
import {
  cutLink,
  loseInternet,
  loseName,
  loseOutsideHost,
  loseResolver,
  shrinkPackets,
} from './network-faults.ts'
import { failTask } from './platform-faults.ts'

/** The faults that a drill can inject beyond what a shell command does, by the name that its file uses. */
export const faults: Readonly<Record<string, Fault>> = {
  'fill-disk': fillDisk,
  'use-inodes': useInodes,
  'set-clock': setClock,
  'power-off': powerOff,
  'runaway-process': runawayProcess,
  'slow-disk': slowDisk,
  'fail-device': failDevice,
  'cut-link': cutLink,
  'lose-internet': loseInternet,
  'lose-outside-host': loseOutsideHost,
  'lose-resolver': loseResolver,
  'lose-name': loseName,
  'shrink-packets': shrinkPackets,
  'slow-etcd': slowEtcd,
  'damage-etcd': damageEtcd,
  'grow-etcd': growEtcd,
  'load-apiserver': loadApiServer,
  'remake-certificate': remakeCertificate,
  'fail-task': failTask,
}
