/** What each top-level fact holds, one sentence a name. Sizes are bytes, percents 0–100, durations seconds. Conditions may name these and no others. */
export const factDocs: Readonly<Record<string, string>> = {
  cpus: 'How many processors programs may use.',
  filesystems:
    'Mounted filesystems: filesystem (the device), type, size, used, available (bytes), usePercent, inodes, inodesUsed, inodesFree, inodesUsePercent, mount; which of them are known depends on the options.',
  journal:
    'The newest log lines (at most 500), oldest first: time (ISO 8601 where the line names the year, else as printed), host, unit (the program that wrote it), pid, level (fatal, error, warning, info, debug where the message says), message.',
  load: 'Load averages over one, five and fifteen minutes.',
  memory: 'Main memory: total, used, free, shared, buffCache, available (bytes) and availablePercent.',
  routes:
    'Routes of the machine: destination (`default` or a network), kind (such as unreachable), gateway, device, source, metric, protocol, scope, down.',
  sockets:
    'Sockets: protocol, state, localAddress, localPort, localService (where the port is a name), peerAddress, peerPort, receiveQueue, sendQueue, process, pid.',
  swap: 'Swap space: total, used, free (bytes) and usedPercent.',
  units:
    'systemd units: name, load (loaded, not-found, masked), active, sub, enabled, description, result, since, mainPid, exitCode, signal, restarts, status, memory (bytes), tasks.',
  uptimeSeconds: 'Seconds since the machine started.',
}
