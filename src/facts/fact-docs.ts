/** What each top-level fact holds, one sentence a name. Sizes are bytes, percents 0–100, durations seconds. Conditions may name these and no others. */
export const factDocs: Readonly<Record<string, string>> = {
  activity:
    'Samples of vmstat, oldest first: runnable and blocked (processes), swapUsed, free, buffers, cache, inactive, active (bytes), swapInPerSecond, swapOutPerSecond (bytes), blocksInPerSecond, blocksOutPerSecond, interruptsPerSecond, contextSwitchesPerSecond, userPercent, systemPercent, idlePercent, ioWaitPercent, stealPercent, guestPercent, time (where it was asked for), sinceBoot (true for a mean since boot).',
  apparmor:
    'AppArmor: loaded, profiles, enforced, complaining, enforcedProcesses, complainingProcesses, unconfinedProcesses (how many).',
  archiveFiles: 'Files in an archive: name, size (bytes).',
  blockDevices:
    'Block devices: name, numbers (major:minor), type, size, removable, readOnly, filesystem (its type), mounts; where they were asked for label, uuid, available (bytes), usePercent, rotational, parent, model, serial.',
  bootedAt: 'When the machine started; local time where the command names no zone.',
  capture: 'How a capture of packets ended: captured, received, dropped.',
  certificates:
    'Certificates: name (the file, the server, or the subject), subject, commonName, organizations, issuer, issuerName, notBefore, notAfter, residualSeconds, expired, missing, externallyManaged (what kubeadm says of its own), serial, dnsNames, ipAddresses, authority (true for a CA), keyBits, signatureAlgorithm, extendedKeyUsage, modulus, fingerprint; willExpire within checkedSeconds; verified, with verifyCode, verifyDepth, verifyError where it is not.',
  cgroupControllers: 'Controllers of cgroups version 1: name, hierarchy, cgroups, enabled.',
  claims:
    'Persistent volume claims: namespace, name, status (Bound, Pending, Lost), volume, capacity (bytes), accessModes, storageClass, ageSeconds.',
  clock:
    'The clock and how it is kept: time, localTime, synchronized, ntp (whether a service keeps it), timeZone, rtcInLocalTime, offsetSeconds (negative is slow), lastOffsetSeconds, rmsOffsetSeconds, stratum, reference.',
  clockReadings: 'The time that machines gave: host (where it is named), time.',
  clockSpreadSeconds:
    'How far the clocks of several machines lie apart; asking them one after the other counts too.',
  clusterOperators:
    'OpenShift operators: name, version, available, progressing, degraded, sinceSeconds, message.',
  clusterServices: 'Where services of the cluster run, by `kubectl cluster-info`: name, url.',
  cniNetworks:
    'Networks that CNI configurations ask for: name, version, plugins (types in order), ipam, subnet, mtu, datastore, kubeconfig.',
  components:
    'What `kubectl get cs` says of scheduler, controller-manager and etcd: name, status (Healthy, Unhealthy, Unknown), healthy, message, error.',
  configMaps:
    'ConfigMaps: namespace, name, entries (how many), ageSeconds, data (texts by key, from the object).',
  connections:
    'Tracked connections (at most 500): protocol, state, source, sourcePort, destination, destinationPort, replySource and replySourcePort (who answers, behind address translation), unreplied, assured, timeoutSeconds.',
  conntrack: 'The connection tracking table: count, max, usedPercent.',
  conntrackStatistics:
    'What connection tracking counted over all processors: found, invalid, insert, insertFailed, drop, earlyDrop, error, searchRestart and others by their names.',
  containerdConfig:
    "containerd's configuration: version (of the format), root, state, address, imports, disabledPlugins, sandboxImage, snapshotter, defaultRuntime, runtimes, systemdCgroup, cniPluginDirectory, cniConfigDirectory, registryConfigPath.",
  containerdPlugins: 'Plugins of containerd: kind, id, platforms, status (ok, skip, error).',
  containers:
    'Containers: id (as listings show it), image, name, state (running, exited, created, restarting …), attempt, podId, pod, namespace, created (as printed), exitCode, health, status; from inspecting also reason (OOMKilled …), message, restarts, createdAt, startedAt, finishedAt, pid, memoryLimit (bytes), logPath; from stats cpuPercent, memory, disk (bytes), inodes.',
  cpuPercent: 'How processor time is spent: user, system, nice, idle, ioWait, steal (percent).',
  cpus: 'How many processors programs may use.',
  cronJobs: 'CronJobs: namespace, name, schedule, suspended, active, lastScheduleSeconds (ago), ageSeconds.',
  daemonSets:
    'DaemonSets: namespace, name, desired, current, ready, upToDate, available, nodeSelector, ageSeconds, images.',
  deployments: 'Deployments: namespace, name, ready of desired, upToDate, available, ageSeconds, images.',
  digests: 'Digests: name (of the file, or stdin), algorithm, value.',
  directorySizes:
    'Directories and files: path, size (bytes) or inodes; modified (local time) where it was asked for.',
  directorySizesTotal: 'The sum of all that du -c listed, in bytes.',
  diskActivity:
    'How busy block devices are: name, utilPercent, readsPerSecond, writesPerSecond, transfersPerSecond, readBytesPerSecond, writeBytesPerSecond, readMergesPerSecond, writeMergesPerSecond, readAwaitMs, writeAwaitMs, readRequestBytes, writeRequestBytes (mean sizes), queue, serviceMs (old versions).',
  diskSum:
    'What all block devices together have done since the machine started: disks, partitions, reads, readMerges, readBytes, readMs, writes, writeMerges, writtenBytes, writeMs, inFlight, busyMs, waitedMs.',
  diskTotals:
    'What block devices have done since the machine started: name, reads, readMerges, readBytes, readMs, writes, writeMerges, writtenBytes, writeMs, inFlight, busySeconds.',
  dnsQueries:
    'Questions to name servers: name, type, server, status (NOERROR, NXDOMAIN, SERVFAIL, REFUSED …, or NO-ANSWER when no server answered), error (why none answered), addresses, answers (name, type, ttl, value), queryMs.',
  dnsZones: 'Server blocks of a Corefile: zones, plugins, forwards (from, to).',
  endpoints:
    'Endpoints of Services: namespace, name, addresses (`10.0.0.1:53`; none when nothing is ready), addressCount (with those not shown), notReadyAddresses, ageSeconds.',
  endpointSlices: 'EndpointSlices: namespace, name, addressType, ports, addresses, addressCount, ageSeconds.',
  etcdAlarms: 'Alarms that etcd has raised: member, alarm (NOSPACE, CORRUPT).',
  etcdChecks: 'Results of `etcdctl check`: ok, text.',
  etcdCluster:
    'The verdict that `etcdctl cluster-health` ends with: status (healthy, degraded, unavailable) and healthy.',
  etcdEndpoints:
    'etcd endpoints: endpoint, id (hexadecimal), healthy, error, tookSeconds, version, databaseSize, databaseInUse, databaseQuota (bytes), databaseUnusedPercent, leader, learner, raftTerm, raftIndex, raftAppliedIndex.',
  etcdMembers:
    'Members of the etcd cluster: id, status (started, unstarted), name, peer, client, learner, leader (v2 only).',
  etcdSnapshot: 'A snapshot of etcd: hash, revision, keys, size (bytes).',
  events:
    'Kubernetes events: namespace, kind (Normal, Warning), reason, object (`pod/web`), message, source, count, lastSeenSeconds and firstSeenSeconds (ago), or lastSeenAt where the object names the instant.',
  exports: 'What an NFS server offers: path, clients.',
  fileHandles: 'File handles of the whole machine: count (in use), max, usedPercent.',
  files:
    'Files of a directory: name, directory, kind, mode, owner, group, size, modified, target (of a link).',
  filesystems:
    'Mounted filesystems: filesystem (the device), type, size, used, available (bytes), usePercent, inodes, inodesUsed, inodesFree, inodesUsePercent, mount; which of them are known depends on the options.',
  firewallChains:
    'Chains of the packet filter: family (ip, ip6, inet …), table, name, policy (ACCEPT or DROP, base chains only), packets, bytes, references, hook (nftables).',
  firewalldRunning: 'Whether firewalld runs.',
  firewallRules:
    'Rules of the packet filter, of iptables and nftables alike: family, table, chain, position (from 1), target (ACCEPT, DROP, REJECT … or the chain that is jumped to), protocol (by name, `all` for any), source, destination (`0.0.0.0/0` for any; a leading `!` negates), inInterface, outInterface, sourcePorts and destinationPorts (ranges of from and to, none for any), states, comment, rejectWith, translatedTo (the address or port that a packet gets instead of its own), match (the rest of what it looks at, `any` for nothing else), packets, bytes (where counters were asked for).',
  firewallZones:
    'Zones of firewalld: name, active, default, target, interfaces, sources, services, ports, forward, masquerade, forwardPorts, richRules; what is absent was not shown.',
  gravityCluster:
    'A Gravity cluster: name, status (active, degraded, expanding, updating …), application, applicationVersion, clientVersion, serverVersion.',
  gravityNodes:
    'Machines of a Gravity cluster: name, ip, profile, role (master, node), status (healthy, degraded, offline), healthy, failedProbes and warnings (texts), remoteAccess.',
  gravityOperations:
    'Operations of a Gravity cluster: active, description, id, state, started (as printed) and startedSeconds (ago) or startedAt, endedSeconds (ago), progressPercent, message.',
  gravityPhases:
    'Phases of a Gravity operation plan: id (its path), description, state (unstarted, in-progress, completed, failed, rolled-back), node, requires, updated (as printed) or updatedAt, error.',
  health: 'The verdict of a health page: ok, text.',
  healthChecks: 'Single checks of a verbose health page: name, ok, reason.',
  hostAddresses: 'The addresses of the machine.',
  hostname: 'The name of the machine.',
  http: 'The last HTTP answer: status, reason; with curl -w also totalSeconds, lookupSeconds, connectSeconds, tlsSeconds, firstByteSeconds (each since the start), receivedBytes, redirects, remoteAddress, exitCode. Without an answer (000) no status.',
  images:
    'Images that the container runtime holds: image (repository), tag, id, digest, size (bytes), ageSeconds, pinned.',
  ingresses: 'Ingresses: namespace, name, class, hosts, addresses, ports, ageSeconds.',
  interfaces:
    'Network interfaces: name, index, parent, up (switched on), carrier, state, mtu, queueDiscipline, master, mac, addresses (address, prefixLength, family, scope, peer, broadcast; absent where the command shows none), kind (vxlan, bridge, veth …), vxlan (id, local, device, port), receivedBytes, receivedPackets, receivedErrors, receivedDropped, sentBytes, sentPackets, sentErrors, sentDropped.',
  jobs: 'Jobs: namespace, name, succeeded of completions, status, durationSeconds, ageSeconds.',
  journal:
    'The newest log lines (at most 500), oldest first: time (ISO 8601 where the line names the year, else as printed), host, unit (the program that wrote it; kernel for dmesg), sinceBootSeconds (dmesg), pid, level (fatal, error, warning, info, debug where the message says), message.',
  kernel:
    'The kernel: name, host, release, version, machine, processor, platform, operatingSystem, as far as they were asked for.',
  kernelModules: 'Loaded kernel modules: name, size, users, usedBy.',
  kubeconfig:
    'A kubeconfig without its secrets: currentContext, clusters (name, server, authorityFile, hasAuthority, insecure), contexts (name, cluster, user, namespace), users (name, proof, certificateFile, keyFile).',
  kubeletConfig:
    "The kubelet's configuration: cgroupDriver, clusterDNS, clusterDomain, staticPodPath, rotateCertificates, serverTLSBootstrap, failSwapOn, maxPods, resolvConf, runtimeEndpoint, anonymousAuth, clientCAFile, authorizationMode, evictionHard.",
  kubernetesVersion: 'Versions of kubectl and the API server: client, server.',
  leases: 'Leases, which say who leads: namespace, name, holder, ageSeconds, renewedAt.',
  limits:
    'Resource limits of a process: name (as bash calls it: open files, max user processes …), option (the letter of ulimit), soft and hard (bytes where it is a size), softUnlimited and hardUnlimited (true where there is none).',
  load: 'Load averages over one, five and fifteen minutes.',
  logEnd:
    'What a log ends with: level, message and error of its newest line that names a level; inTrace (whether the last line is a frame of a stack trace); errors (how many of the lines that logLines keeps are errors).',
  logLines:
    "The newest lines of a container's or program's log (at most 500), oldest first: time (ISO 8601 where the line names the year, else as printed), level, source (the place or logger that wrote it), message, error.",
  lineCount: 'How many lines `wc -l` or `grep -c` counted.',
  loggedInUsers: 'How many sessions of users there are.',
  memory:
    'Main memory: total, used, free, shared, buffers, cache, buffCache (both), available (bytes) and availablePercent.',
  metrics: 'Samples of metrics (at most 500): name, labels, value.',
  mounts: 'What is mounted: source, target, type, options, readOnly.',
  namespaces: 'Namespaces: name, status (Active, Terminating), ageSeconds.',
  neighbours:
    'Hosts of the own network: address, device, mac, state (REACHABLE, STALE, INCOMPLETE, FAILED …), router.',
  networkCounters:
    'Counters of the network protocols by group and by their text: networkCounters.Tcp["segments retransmitted"].',
  nodes:
    'Kubernetes nodes: name, status as printed, ready, schedulable, roles, ageSeconds, version (of the kubelet), internalIP, externalIP, osImage, kernel, runtime; from top cpuCores, cpuPercent, memory (bytes), memoryPercent; from the object or describe createdAt, labels, taints (key, value, effect), conditions (kind, status, reason, message, changedAt, heartbeatAt), podCIDR, capacity and allocatable (cpuCores, memory, pods, ephemeralStorage), requestedPercent and limitPercent (by resource).',
  oomKills:
    'Processes that the kernel killed for want of memory: process, pid, scope (host or cgroup: what was short of memory), cgroup, memory (bytes, anonymous).',
  opensslVersion:
    'Which OpenSSL there is: name (OpenSSL, LibreSSL), version, libraryVersion, builtAt, platform, directory.',
  os: 'The distribution: id, idLike, name, prettyName, version, versionId, codename.',
  packets:
    'Packets that were seen (the newest 500): time, interface, direction (in, out, b, m, p), protocol (IP, IP6, ARP), source, sourcePort, destination, destinationPort, tcpFlags, dns (query or answer), dnsId, dnsType, dnsName, dnsStatus, length, info.',
  permissions: 'Answers of `kubectl auth can-i`: verb, resource, allowed.',
  pings:
    'Echo requests: target, address, resolved, size, transmitted, received, lossPercent, minimumMs, averageMs, maximumMs, deviationMs, errors, duplicates, unreachable and prohibited (answers of that kind).',
  planet:
    'What Satellite says of the whole Gravity cluster: status (running, degraded), healthy, summary, time.',
  planetNodes:
    'What Satellite says of each machine: name, ip, role, memberStatus (alive, failed, left), status, healthy, failedProbes (checker, detail, error, severity).',
  pods: 'Kubernetes pods: namespace, name, status as kubectl prints it (Running, CrashLoopBackOff, Init:Error …), phase, ready of total (containers), restarts, lastRestartSeconds (ago), ageSeconds, ip, node, nominatedNode, labels; from top cpuCores and memory (bytes); from the object or describe createdAt, reason, message, owner, qosClass, conditions (kind, status, reason, message), nodeSelector, containers (name, init, image, state, reason, message, exitCode, ready, restarts, startedAt, lastState, lastReason, lastExitCode).',
  podSandboxes:
    'Sandboxes of pods as the container runtime has them: id, name, namespace, state (ready, notready), attempt, ageSeconds or createdAt, ip, runtime.',
  preflightChecks: 'Checks of kubeadm that did not pass: level (error, warning), check, message.',
  pressure:
    'How long tasks waited, by resource (cpu, memory, io) and by some or full: avg10Percent, avg60Percent, avg300Percent, totalSeconds.',
  processes:
    'Processes: pid, threadId (where threads are listed), parentPid, user, cpuPercent, memoryPercent, virtualMemory and memory (resident; bytes), threads, nice, cpuSeconds, elapsedSeconds, terminal, state, started (as printed), waitsIn, program, command.',
  proxyProcess:
    'HAProxy itself: version, pid, uptimeSeconds, connections of maxConnections, idlePercent, stopping.',
  proxyServers:
    'What HAProxy balances: proxy, server (FRONTEND, BACKEND or a server), status, active and backup (servers that count), weight, sessions, queue, check, checkCode, lastCheck, failedChecks, timesDown, lastChangeSeconds, downSeconds, address; from its log the last word on each.',
  releases:
    'Helm releases: name, namespace, revision, updated, status (deployed, failed, pending-upgrade …), chart, appVersion.',
  replicaSets:
    'ReplicaSets and replication controllers: namespace, name, desired, current, ready, ageSeconds, images.',
  resolver: 'How names are resolved: nameservers, search, options, ndots.',
  resources:
    'Kubernetes objects of other kinds: kind, namespace, name, ageSeconds and the other columns as printed, named after their titles.',
  revocationLists:
    'Lists of revoked certificates: name (of the file), issuer, issuerName, lastUpdate, nextUpdate, number, revoked (how many).',
  routes:
    'Routes of the machine: destination (`default` or a network), kind (such as unreachable), gateway, device, source, metric, protocol, scope, table (where several are shown), weight, down.',
  routingRules:
    'Which routing table counts for which packets: priority, inverted, source, destination, mark, device, outputDevice, protocol, sourcePorts, destinationPorts, users (of uids), table, action.',
  runtime:
    'The container runtime about itself: name, version, apiVersion, ready, networkReady, conditions (kind, status, reason, message), lastCniError, cniConfigDirectory, cniPluginDirectory, cniNetworks, sandboxImage, endpoint, rootDirectory, snapshotter, defaultRuntime, runtimes, systemdCgroup; of Docker cgroupDriver, cgroupVersion, storageDriver, loggingDriver, containerCount, runningCount, stoppedCount, warnings.',
  saltMinion:
    'The Salt minion at the end of its log: id, master, address, state (starting, connected, waiting-for-key, key-rejected, master-not-found, master-not-answering, stopped), lastError, lastErrorAt.',
  scheduling:
    'Why the scheduler could not place a pod: nodes and fitting (how many), reasons (count, reason).',
  secrets: 'Secrets: namespace, name, type, entries (how many), ageSeconds; never their content.',
  selinux: 'SELinux: mode (enforcing, permissive, disabled), configuredMode, policy.',
  selectedValues: 'What a jq filter chose, in order (at most 500 values).',
  services:
    'Kubernetes Services: namespace, name, type, clusterIP, externalIPs, externalPending (true while a load balancer is awaited), ports (`80:30080/TCP`), ageSeconds, selector, endpoints (addresses, from describe).',
  signingRequests:
    'Certificate signing requests: name, ageSeconds, signer, requestor, requestedDurationSeconds, condition (`Pending`, `Approved,Issued`, `Denied`, `Failed`).',
  sockets:
    'Sockets: protocol (tcp, udp, u_str, unix …), state, localAddress (or path), localPort, localService and peerService (where the port is a name), peerAddress, peerPort, receiveQueue, sendQueue, user (where it is shown), process, pid, pids (where several share it), inode, peerInode, timer; with ss -i rttMs, congestionWindow, retransmitted; of netstat type and references for unix sockets.',
  socketSummary: 'How many sockets there are: total, tcp, established, closed, orphaned, timeWait, udp, raw.',
  statefulSets: 'StatefulSets: namespace, name, ready of desired, current, ageSeconds, images.',
  staticPods:
    'Pods as manifests ask for them: namespace, name, image, program, flags (by name, without dashes), hostPaths, probes (kind, path, port, host, scheme, failureThreshold), hostNetwork.',
  storageClasses:
    'Storage classes: name, isDefault, provisioner, reclaimPolicy, bindingMode, expandable, ageSeconds.',
  swap: 'Swap space: total, used, free (bytes) and usedPercent.',
  swapDevices: 'Swap devices in use: name, type, size, used, priority.',
  sysctl: 'Kernel settings by their dotted names: `sysctl["net.ipv4.ip_forward"]`.',
  tasks: 'Processes by state: total, running, sleeping, stopped, zombie.',
  taskset: 'A Rafay task set: id, status (pending, inprogress, success, complete, failed), failed.',
  tasksetOperations: 'Operations of a Rafay task set: operation, resource, status, failed, reason.',
  timers: 'systemd timers: name, activates, next, last (instants).',
  systemState:
    'What systemd says of the machine as a whole: running, degraded, starting, maintenance, stopping.',
  timeSources:
    'Where chrony takes the time from: name, mode (server, peer, local), state (selected, combined, not-combined, unusable, falseticker, too-variable), stratum, pollSeconds, reachable, lastSampleSeconds (ago), offsetSeconds, errorSeconds, deviationSeconds.',
  tlsConnection:
    'What openssl found when it connected: target, verified, verifyCode, verifyError, protocol, cipher, alert (what the server objected to).',
  tunnel:
    'The chisel client at the end of its log: state (connecting, connected, disconnected, failing, stopped), server, latencySeconds, attempts, lastError.',
  units:
    'systemd units: name, load (loaded, not-found, masked), active, sub, enabled, preset, description, result, since, mainPid, exitCode, signal, restarts, status, memory (bytes), tasks.',
  unitSettings:
    'Settings of unit files and their drop-ins in the order in which they hold: path (of the file), section, name, value; path and section are absent where a filter left none.',
  uptimeSeconds: 'Seconds since the machine started.',
  virtualServers:
    'What IPVS balances: protocol, address, port, scheduler, persistentSeconds, realServers (address, port, forward, weight, activeConnections, inactiveConnections).',
  volumes:
    'Persistent volumes: name, capacity (bytes), accessModes, reclaimPolicy, status, claim (`namespace/name`), storageClass, reason, ageSeconds.',
}
