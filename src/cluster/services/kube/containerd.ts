import { readText } from '../../files/file-tree.ts'
import { shownMs } from '../../relations/clock.ts'
import { cniConfigOf } from '../../relations/cni.ts'
import { filesystemOf, filesystemUse } from '../../relations/filesystem-use.ts'
import { isShortOfFiles } from '../../relations/resource-limits.ts'
import type { World } from '../../world/world.ts'
import type { Ailment, Running, Service } from '../service.ts'
import { isStarting } from '../starting.ts'
import { exits, repeating, tcp } from './telling.ts'

const FIRST_PORT = 32_768
const PORTS = 28_000

const logfmt = (atMs: number, level: string, rest: string): string =>
  `time="${new Date(atMs).toISOString().slice(0, -1)}418203Z" level=${level} ${rest}`

const tomlValue = /^("|'|[-+]?(\d|inf|nan)|(true|false)(?![\w-])|\[|\{)/

/** A key behind which something else stands than an equals sign. */
const noEquals = (raw: string, line: number): string => {
  const [, key = '', next = ''] = /^(\s*["\w.-]+\s*)(\[|[^\s[]+)?/.exec(raw) ?? []
  return next === ''
    ? `(${line}, ${Math.max(1, key.length)}): was expecting token =, but token stream is empty`
    : `(${line}, ${key.length + 1}): was expecting token =, but got "${next}" instead`
}

/** The first thing in a TOML text that cannot be read, in the words of the library that containerd uses. */
const tomlProblem = (text: string): string | undefined => {
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/#.*$/, '').trim()
    const isFine =
      line === '' ||
      /^\[{1,2}[^\][]+\]{1,2}$/.test(line) ||
      /^["\w.-]+\s*=\s*\S/.test(line) ||
      /^["\]},]/.test(line)
    if (!isFine) return noEquals(raw, index + 1)
    const [, start = '', value = ''] = /^(\s*["\w.-]+\s*=\s*)(\S.*)$/.exec(raw) ?? []
    if (value !== '' && !tomlValue.test(value))
      return `(${index + 1}, ${start.length + 1}): no value can start with ${value[0]}`
    if ((line.match(/"/g) ?? []).length % 2 === 1) return `(${index + 1}, ${raw.length}): unclosed string`
  }
  return undefined
}

const ailment = (world: World, self: Running): Ailment | undefined => {
  const { machine } = self
  if (!isStarting(world, self)) return undefined
  const failed = (text: string): Ailment => ({ exit: exits(1), afterMs: 120, lines: [{ text }] })
  const config = readText(machine.files, '/etc/containerd/config.toml')
  const bad = config === undefined ? undefined : tomlProblem(config)
  if (bad !== undefined) return failed(`containerd: failed to load TOML: /etc/containerd/config.toml: ${bad}`)
  const store = filesystemOf(machine, '/var/lib/containerd')
  if (store === undefined) return undefined
  if (store.isReadOnly)
    return failed(
      'containerd: mkdir /var/lib/containerd/io.containerd.content.v1.content: read-only file system',
    )
  return filesystemUse(machine, store).usedBytes >= store.sizeBytes
    ? failed(
        'containerd: failed to write boltdb: write /var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db: no space left on device',
      )
    : undefined
}

/** containerd: its configuration must parse and its disk must take writes. */
export const containerd: Service = {
  // Where it hands out the streams of exec, attach and port-forward: a port that the kernel chose.
  listens: (world, { machine, unit }) =>
    machine.runtime?.kind === 'containerd'
      ? [tcp(FIRST_PORT + (Math.floor((unit?.startedMs ?? world.nowMs) / 97) % PORTS), '127.0.0.1')]
      : [],
  ailment,
  greeting: (world, { machine, unit }) => {
    const atMs = shownMs(machine, unit?.startedMs ?? world.nowMs)
    return [
      {
        text: logfmt(
          atMs,
          'info',
          `msg="starting containerd" revision=ae71819c4f5e67bb4d5ae76a6b735f29cc25774e version=v${machine.runtime?.version ?? ''}`,
        ),
      },
      { text: logfmt(atMs, 'info', 'msg="Start subscribing containerd event"') },
      { text: logfmt(atMs, 'info', 'msg="Start recovering state"') },
      { text: logfmt(atMs, 'info', 'msg=serving... address=/run/containerd/containerd.sock.ttrpc') },
      { text: logfmt(atMs, 'info', 'msg=serving... address=/run/containerd/containerd.sock') },
      { text: logfmt(atMs, 'info', 'msg="containerd successfully booted in 0.061203s"') },
    ]
  },
  chatter: (_world, { machine, unit }, span) =>
    isShortOfFiles(machine, unit)
      ? repeating(span, 5_000, atMs =>
          logfmt(
            shownMs(machine, atMs),
            'error',
            'msg="accept error, retrying in 1s" error="accept unix /run/containerd/containerd.sock: accept4: too many open files"',
          ),
        )
      : cniConfigOf(machine) === undefined
        ? repeating(span, 15_000, atMs =>
            logfmt(
              shownMs(machine, atMs),
              'error',
              'msg="failed to load cni during init, please check CRI plugin status before setting up network for pods" error="cni config load failed: no network config found in /etc/cni/net.d: cni plugin not initialized: failed to load cni config"',
            ),
          )
        : [],
  farewell: (world, { machine }) => [
    { text: logfmt(shownMs(machine, world.nowMs), 'info', 'msg="Stop CRI service"') },
  ],
}
