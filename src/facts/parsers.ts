import { df } from './families/df.ts'
import { free } from './families/free.ts'
import { ipRoute } from './families/ip-route.ts'
import { iptables } from './families/iptables.ts'
import { journalctl } from './families/journalctl.ts'
import { kubectlGet } from './families/kubectl-get.ts'
import { nft } from './families/nft.ts'
import { nproc } from './families/nproc.ts'
import { ss } from './families/ss.ts'
import { systemctlIs } from './families/systemctl-is.ts'
import { systemctlList } from './families/systemctl-list.ts'
import { systemctlStatus } from './families/systemctl-status.ts'
import { uptime } from './families/uptime.ts'
import type { Parser } from './types.ts'

/** Every parser. Where no command is given the first that recognises the text reads it, so the more particular stand first. */
export const parsers: readonly Parser[] = [
  systemctlStatus,
  systemctlList,
  systemctlIs,
  df,
  free,
  uptime,
  nproc,
  ipRoute,
  ss,
  iptables,
  nft,
  kubectlGet,
  journalctl,
]
