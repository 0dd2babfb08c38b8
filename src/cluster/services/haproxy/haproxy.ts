import { readText, writeText } from '../../files/file-tree.ts'
import { decodeCertificates } from '../../relations/certificate.ts'
import { childPidOf } from '../../relations/child-process.ts'
import { accessLine } from '../../relations/haproxy/access-line.ts'
import { isLogged, logLine, logTargets, PROXY_LOG } from '../../relations/haproxy/log-line.ts'
import {
  mostConnections,
  PID_FILE,
  proxyStateOf,
  sectionsOf,
  settingsPathOf,
} from '../../relations/haproxy/proxy-state.ts'
import { type ProxySection, readProxySettings } from '../../relations/haproxy/read-settings.ts'
import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'
import type { World } from '../../world/world.ts'
import { bindError } from '../kube/bind-problem.ts'
import { exits, tcp, ticksIn } from '../kube/telling.ts'
import type { Ailment, Line, Running, Service, Span } from '../service.ts'
import { passOn } from './pass-on.ts'
import { statTable } from './stat-table.ts'

/** The version that is installed. */
export const HAPROXY_VERSION = '2.4.24-0ubuntu0.22.04.1'

/** What is wrong in the settings that a file of a machine holds: mistakes in the text, and certificates that are not there. */
const problemsIn = ({ files }: Machine, text: string, path: string): readonly string[] => {
  const { sections, problems } = readProxySettings(text, path)
  const unread = sections.flatMap(({ kind, binds }) =>
    binds
      .filter(({ certificate }) => certificate !== undefined && readText(files, certificate) === undefined)
      .map(
        ({ address, port, certificate, line }) =>
          `parsing [${path}:${line}] : 'bind ${address === '0.0.0.0' ? '*' : address}:${port}' in section '${kind}' : unable to stat SSL certificate from file '${certificate}' : No such file or directory.`,
      ),
  )
  return [...problems, ...unread]
}

/** What HAProxy says of settings with mistakes, line by line. */
export const complaintsOf = (machine: Machine, path: string, pid: number): readonly string[] => {
  const text = readText(machine.files, path)
  const head = [
    `[NOTICE]   (${pid}) : haproxy version is ${HAPROXY_VERSION}`,
    `[NOTICE]   (${pid}) : path to executable is /usr/sbin/haproxy`,
  ]
  if (text === undefined)
    return [
      ...head,
      `[ALERT]    (${pid}) : Cannot open configuration file/directory ${path} : No such file or directory`,
    ]
  const problems = problemsIn(machine, text, path)
  if (problems.length === 0) return []
  return [
    ...head,
    ...problems.map(problem => `[ALERT]    (${pid}) : config : ${problem}`),
    ...(problems.some(problem => problem.startsWith('parsing'))
      ? [`[ALERT]    (${pid}) : config : Error(s) found in configuration file : ${path}`]
      : []),
    `[ALERT]    (${pid}) : config : Fatal errors found in configuration.`,
  ]
}

const failed = (lines: readonly string[]): Ailment => ({
  exit: exits(1),
  afterMs: 60,
  lines: lines.map(text => ({ text, priority: text.startsWith('[ALERT]') ? 1 : 5 })),
})

const ailment = (_world: World, { machine, unit }: Running): Ailment | undefined => {
  if (unit === undefined || unit.active === 'active') return undefined
  const path = settingsPathOf(unit)
  const complaints = complaintsOf(machine, path, unit.mainPid)
  if (complaints.length > 0) return failed(complaints)
  const { sections } = readProxySettings(readText(machine.files, path) ?? '', path)
  const pid = unit.mainPid
  for (const { name, binds } of sections)
    for (const { address, port } of binds) {
      const unbound = bindError(machine, { address, port })
      if (unbound !== undefined)
        return failed([
          `[ALERT]    (${pid}) : Starting frontend ${name}: cannot bind socket (${unbound}) [${address}:${port}]`,
          `[ALERT]    (${pid}) : [/usr/sbin/haproxy.main()] Some protocols failed to start their listeners! Exiting.`,
        ])
    }
  return undefined
}

const sectionsNow = (world: World, { machine, unit }: Running): readonly ProxySection[] => {
  const state = proxyStateOf(world, machine)
  if (state !== undefined) return sectionsOf(state)
  const path = unit === undefined ? '' : settingsPathOf(unit)
  return readProxySettings(readText(machine.files, path) ?? '', path).sections
}

const bindOf = (world: World, self: Running, port: number) => {
  for (const section of sectionsNow(world, self)) {
    const bind = section.binds.find(candidate => candidate.port === port)
    if (bind !== undefined) return { section, bind }
  }
  return undefined
}

const answers: Service['answers'] = (world, self, request) => {
  const found = bindOf(world, self, request.port)
  const state = proxyStateOf(world, self.machine)
  if (found === undefined || state === undefined) return undefined
  const { statsUri } = found.section
  if (statsUri !== undefined && request.path.startsWith(statsUri)) {
    const isTable = request.path.includes(';csv')
    const table = statTable(world, state)
    const passage = { backend: found.section.name, server: '<STATS>' }
    return isTable
      ? { status: 200, body: table, contentType: 'text/plain', passage }
      : {
          passage,
          status: 200,
          body: `<html><head><title>Statistics Report for HAProxy</title></head><body><h1>HAProxy version ${HAPROXY_VERSION}</h1></body></html>\n`,
          contentType: 'text/html',
        }
  }
  return passOn({ world, machine: self.machine, state }, found.section, request)
}

const secures: Service['secures'] = (world, self, port) => {
  const path = bindOf(world, self, port)?.bind.certificate
  return path === undefined
    ? undefined
    : { certificate: decodeCertificates(readText(self.machine.files, path))[0], clientAuthorities: undefined }
}

const REQUEST_MS = 45_000

const syslogLine = (
  { machine, unit }: Running,
  atMs: number,
  text: string,
): { atMs: number; text: string } => ({ atMs, text: logLine(machine, unit, { atMs, text }) })

const paths = ['/dashboard/', '/v3/settings', '/v1/management.cattle.io.clusters', '/v3/subscribe']

/** The part of the second at which the client of every day asks. */
const millisOf = (atMs: number): number => (Math.floor(atMs / REQUEST_MS) * 7919) % 1_000

/** What the browser that is always open somewhere asks. */
const ordinaryLine = (world: World, self: Running, tickMs: number): string | undefined => {
  const state = proxyStateOf(world, self.machine)
  const section = sectionsNow(world, self).find(one => one.binds.some(bind => bind.certificate !== undefined))
  if (state === undefined || section === undefined) return undefined
  const number = Math.floor(tickMs / REQUEST_MS)
  const path = paths[number % paths.length] ?? '/'
  const port = section.binds[0]?.port ?? 443
  const answer = passOn({ world, machine: self.machine, state }, section, {
    port,
    path,
    host: world.platforms.rancherHost,
    isAllowed: true,
  })
  const client = { address: '10.0.4.5', port: 34_000 + (number % 26_000) }
  const atMs = tickMs - millisOf(tickMs)
  return accessLine(self.machine, { atMs, client, section, isSecured: true, method: 'GET', path, answer })
}

const logFile = (world: World, self: Running, span: Span) => {
  const state = proxyStateOf(world, self.machine)
  const times = isLogged(self.machine) ? logTargets(state?.settings ?? '') : 0
  const news = (state?.news.splice(0) ?? []).flatMap(({ atMs, text }) => {
    const line = syslogLine(self, atMs, text.replace(/^backend '([^']+)'/, 'backend $1'))
    return Array.from({ length: times }, () => line)
  })
  const requests = ticksIn(span, REQUEST_MS).flatMap(atMs => {
    const line = ordinaryLine(world, self, atMs)
    return line === undefined || times === 0 ? [] : [syslogLine(self, atMs - millisOf(atMs), line)]
  })
  return { path: PROXY_LOG, lines: [...news, ...requests].sort((a, b) => a.atMs - b.atMs) }
}

const forkedLines = (unit: Unit): readonly Line[] => [
  { text: `[NOTICE]   (${unit.mainPid}) : New worker #1 (${childPidOf(unit)}) forked` },
]

/** Lets a new worker take the place of the one that works by the settings of before. */
const replaceWorker = (
  world: World,
  { machine, unit }: { machine: Machine; unit: Unit },
): readonly Line[] => {
  const former = childPidOf(unit)
  machine.nextPid += 3
  unit.forked = { by: unit.mainPid, pid: machine.nextPid, startedMs: world.nowMs }
  const say = (level: string, text: string): Line => ({
    text: `${`[${level}]`.padEnd(10)} (${unit.mainPid}) : ${text}`,
  })
  return [
    say('NOTICE', `haproxy version is ${HAPROXY_VERSION}`),
    say('NOTICE', 'path to executable is /usr/sbin/haproxy'),
    say('WARNING', 'Reexecuting Master process'),
    ...forkedLines(unit),
    say('WARNING', `Former worker #1 (${former}) exited with code 0 (Exit)`),
  ]
}

/** Reads the settings anew while it goes on; with mistakes in them it stays as it was. */
const reload: NonNullable<Service['reload']> = (world, { machine, unit }) => {
  const path = settingsPathOf(unit)
  const text = readText(machine.files, path)
  const complaints = complaintsOf(machine, path, unit.mainPid)
  const state = world.platforms.proxies[machine.name]
  if (complaints.length > 0 || state === undefined || text === undefined)
    return { isDone: complaints.length === 0, lines: complaints.map(line => ({ text: line })) }
  Object.assign(state, {
    settings: text,
    servers: {},
    set: undefined,
    checkedMs: world.nowMs - 1,
    readMs: world.nowMs,
  })
  return { isDone: true, lines: replaceWorker(world, { machine, unit }) }
}

/** HAProxy: its settings decide whether it starts; which of its servers gets a request follows from its checks. */
export const haproxy: Service = {
  listens: (world, self) =>
    sectionsNow(world, self).flatMap(({ binds }) =>
      binds.map(({ address, port }) => ({
        ...tcp(port, address),
        backlog: mostConnections(proxyStateOf(world, self.machine)?.settings ?? ''),
      })),
    ),
  ailment,
  begin: (world, { machine, unit }) =>
    writeText(machine.files, PID_FILE, {
      text: `${unit?.mainPid ?? 0}\n`,
      mode: 0o644,
      mtimeMs: world.nowMs,
    }),
  greeting: (_world, { unit }) => (unit === undefined ? [] : forkedLines(unit)),
  answers,
  secures,
  logFile,
  reload,
  farewell: (_world, { unit }) => [
    { text: `[NOTICE]   (${unit?.mainPid ?? 0}) : haproxy version is ${HAPROXY_VERSION}` },
    { text: `[NOTICE]   (${unit?.mainPid ?? 0}) : path to executable is /usr/sbin/haproxy` },
    { text: `[WARNING]  (${unit?.mainPid ?? 0}) : Exiting Master process...` },
    { text: `[WARNING]  (${unit?.mainPid ?? 0}) : All workers exited. Exiting... (0)` },
  ],
}
