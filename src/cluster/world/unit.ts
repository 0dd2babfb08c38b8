/** The states of systemd.unit(5) and systemctl(1) that the simulation uses. */
export type ActiveState = 'active' | 'inactive' | 'failed' | 'activating' | 'deactivating' | 'reloading'

/** How a unit's main process ended last. */
export type UnitExit = { code: 'exited' | 'killed'; status: number; signal: string | undefined }

/**
 * A systemd unit. What its unit file says (description, restart policy, command line) is read from the file where that matters, so a
 * drop-in or an edit has its effect after daemon-reload; the rest is its state.
 */
export type Unit = {
  /** With its ending: `kubelet.service`. */
  name: string
  description: string
  /** Names the service whose conduct this unit has, a key of the services table: `kubelet`, `containerd`, `plain` … */
  service: string
  /** Path of the unit file; drop-ins lie in `<path>.d` and below /etc/systemd/system/<name>.d. */
  fragmentPath: string
  load: 'loaded' | 'not-found' | 'masked'
  active: ActiveState
  /** `running`, `dead`, `exited`, `failed`, `auto-restart`, `start-pre`, `listening`, `mounted`, `waiting` … */
  sub: string
  enabled: 'enabled' | 'disabled' | 'static' | 'masked' | 'alias'
  type: 'simple' | 'notify' | 'oneshot' | 'forking'
  restart: 'no' | 'on-failure' | 'always'
  restartDelayMs: number
  /** Automatic restarts since the last start by hand: NRestarts. */
  restarts: number
  mainPid: number
  execStart: string
  /** The environment of its processes: `Environment=` lines and environment files, read when it starts. */
  environment: Record<string, string>
  /** When the active state changed last. */
  sinceMs: number
  lastExit: UnitExit | undefined
  memoryBytes: number
  cpuMs: number
  tasks: number
  /** When systemd starts it again, while it waits for that. */
  nextStartMs: number | undefined
  /** Whether the definition on disk is newer than what systemd has read. */
  needsReload: boolean
}
