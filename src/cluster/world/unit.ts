/** The texts of the files of settings that a program read at a start, by path; `undefined` for one that was not there. */
export type KeptSettings = { startedMs: number | undefined; files: Record<string, string | undefined> }

/** The states of systemd.unit(5) and systemctl(1) that the simulation uses. */
export type ActiveState = 'active' | 'inactive' | 'failed' | 'activating' | 'deactivating' | 'reloading'

/** How a unit's main process ended last. */
export type UnitExit = { code: 'exited' | 'killed'; status: number; signal: string | undefined }

/** What a unit's file and its drop-ins say, as systemd read them last. Times in milliseconds; see systemd.unit(5), systemd.service(5). */
export type UnitDefinition = {
  description: string
  documentation: string[]
  type: 'simple' | 'notify' | 'oneshot' | 'forking' | 'dbus'
  /** Command lines as written, with their prefixes such as `-`. */
  execStartPre: string[]
  execStart: string
  /** The commands of a oneshot after its first. */
  moreStarts?: string[]
  execReload: string
  restart: 'no' | 'on-failure' | 'on-abnormal' | 'always'
  restartDelayMs: number
  startLimitIntervalMs: number
  startLimitBurst: number
  timeoutStartMs: number
  /** `Environment=` assignments and the paths of environment files, a leading `-` kept. */
  environment: Record<string, string>
  environmentFiles: string[]
  user: string
  workingDirectory: string
  remainsAfterExit: boolean
  requires: string[]
  bindsTo: string[]
  partOf: string[]
  wants: string[]
  after: string[]
  conflicts: string[]
  wantedBy: string[]
  aliases: string[]
  conditions: string[]
  /** Of a timer: when it elapses, as systemd.timer(5) writes it, and what it starts. */
  onCalendar: string
  onUnitActiveMs: number
  /** Of a timer: how long after the boot, and after its own start, it elapses first. */
  onBootMs?: number
  onActiveMs?: number
  triggers: string
  /** Of a timer: whether it goes once it elapses no more. */
  goesOnceElapsed?: boolean
  memoryMaxBytes: number | undefined
  tasksMax: number | undefined
  /** Whether it may have as many threads as the machine has. */
  isTasksUnlimited: boolean
  /** Which of its processes systemd ends when it stops, see systemd.kill(5). */
  killMode: string
  /** How much of one core it may take, in percent. */
  cpuQuotaPercent: number | undefined
  openFilesMax: number | undefined
  /** Whether its processes have folders for temporary files of their own. */
  hasPrivateTmp?: boolean
}

/** A run of a unit's main process that is over: when it began, forked its child and ended. */
export type EndedRun = { readonly startedMs: number; readonly forkedMs: number; readonly endedMs: number }

/**
 * A systemd unit. `definition` is what systemd has read of its file and drop-ins: an edit has its effect after daemon-reload. The
 * other fields are its state. Whether it is enabled follows from links on disk; see `enablementOf`.
 */
export type Unit = {
  /** With its ending: `kubelet.service`. */
  name: string
  /** Names the service whose conduct this unit has, a key of the services table: `kubelet`, `containerd`, `plain` … */
  service: string
  /** Path of the unit file; drop-ins lie in `<path>.d` and below /etc/systemd/system/<name>.d. */
  fragmentPath: string
  definition: UnitDefinition
  /** The text that the definition was read from: other text on disk means that a daemon-reload is wanted. */
  readText: string
  load: 'loaded' | 'not-found' | 'masked' | 'bad-setting'
  active: ActiveState
  /** `running`, `dead`, `exited`, `failed`, `auto-restart`, `start-pre`, `listening`, `mounted`, `waiting` … */
  sub: string
  /** Why it failed last, as systemd words it: `success`, `exit-code`, `signal`, `oom-kill`, `timeout`, `start-limit-hit`, `resources`. */
  result: string
  /** Automatic restarts since the last start by hand: NRestarts. */
  restarts: number
  mainPid: number
  /** The child that its main process has put in the place of its first one: by which main process, as what, and since when. */
  forked?: { readonly by: number; readonly pid: number; readonly startedMs: number }
  /** The last runs of its main process that had forked a child of their own and ended, where none has been told of yet. */
  endedRuns?: readonly EndedRun[]
  /** Set where nobody but its file says what it does: what it starts is run as written. */
  isOwn?: true | undefined
  /** The commands of its file that are to run or run, by their main process. */
  order?: undefined | { readonly pid: number; readonly isBegun: boolean }
  /** Its control group, where that holds others or lies elsewhere than those of services. */
  group?: string
  /** The pid that it had when its process ended last. */
  lastPid: number
  /** How the commands before its last start ended: their pids, words and exit statuses. */
  preEnds?: readonly { readonly pid: number; readonly words: string; readonly status: number }[]
  /** The command line of its main process, variables expanded, as it was started last. */
  execStart: string
  /** The environment of its processes: `Environment=` lines and environment files, read when it starts. */
  environment: Record<string, string>
  /** When the active state changed last. */
  sinceMs: number
  /** When its main process was started last, and when it ended. */
  startedMs: number | undefined
  endedMs: number | undefined
  /** From when to when it was active last before now; not known of one that has not been since its machine's boot. */
  wasUp?: { readonly fromMs: number; readonly toMs: number }
  /** Its start from which on what ends it at a start alone no longer can. */
  cameUpMs?: number
  /** Until when its start waited for something that it tries again and again. */
  heldMs?: number
  /** What its machine called itself when its main process was started last; by its own name where this is not known. */
  hostname?: string
  /** What its program read when it started, where it reads that only then. */
  settings?: KeptSettings
  /** When it was last started, for the start limit. */
  recentStartsMs: number[]
  lastExit: UnitExit | undefined
  memoryBytes: number
  cpuMs: number
  /** Percent of one core that it uses. */
  cpuPercent: number
  tasks: number
  /** What its main process takes of the machine while it runs. */
  usual: { memoryBytes: number; cpuPercent: number; tasks: number }
  /** When systemd starts it again, while it waits for that; of a timer, when it elapses. */
  nextStartMs: number | undefined
  /** Of a timer: when it last elapsed. */
  lastTriggerMs: number | undefined
}
