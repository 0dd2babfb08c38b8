import { writeText } from '../../files/file-tree.ts'
import { chiselEnvironment } from '../../services/rafay/chisel.ts'
import { saltPaths } from '../../services/rafay/salt-minion.ts'
import type { Machine } from '../../world/machine.ts'
import type { Rafay } from '../../world/platforms.ts'

/** Writes what Rafay's set-up leaves on a node: the minion's configuration and keys, the tunnel's arguments, an empty log. */
export const writeAgentFiles = (machine: Machine, rafay: Rafay): void => {
  const mtimeMs = machine.bootedMs
  const files: Readonly<Record<string, string>> = {
    [saltPaths.config]: `master: ${rafay.saltMasterHost}\nid: ${machine.name}\nroot_dir: /opt/rafay/salt\nlog_file: var/log/salt/minion\nlog_level_logfile: info\ntcp_keepalive: True\n`,
    [chiselEnvironment]: `CHISEL_ARGS="--keepalive 25s --max-retry-interval 5m https://${rafay.controllerHost} R:socks"\n`,
    [saltPaths.log]: '',
  }
  for (const [path, text] of Object.entries(files)) writeText(machine.files, path, { text, mtimeMs })
  writeText(machine.files, saltPaths.key, {
    text: '-----BEGIN RSA PRIVATE KEY-----\n',
    mode: 0o400,
    paddingBytes: 1_600,
    mtimeMs,
  })
}
