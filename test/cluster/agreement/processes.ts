import type { Relation } from './desk.ts'
import { linesOf, rowsOf, sorted, textOf } from './read.ts'

type Process = {
  readonly pid: string
  readonly ppid: string
  readonly etimes: number
  readonly stat: string
  readonly comm: string
  readonly args: string
}

const readProcesses = (text: string): readonly Process[] =>
  linesOf(text).map(line => {
    const [, pid = '', ppid = '', etimes = '', stat = '', comm = '', args = ''] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.{15})\s?(.*)$/.exec(line) ?? []
    return { pid, ppid, etimes: Number(etimes), stat, comm: comm.trim(), args }
  })

const procKnowsProcesses: Relation = {
  name: 'ps and /proc know the same processes',
  where: 'machine',
  check: async desk => {
    const processes = readProcesses(
      (await textOf(desk, 'ps -eo pid,ppid,etimes,stat,comm,args --no-headers')) ?? '',
    )
    const lasting = processes.filter(({ etimes, stat }) => etimes > 0 && !stat.startsWith('R'))
    const pids = new Set(lasting.map(({ pid }) => pid))
    const young = new Set(processes.map(({ pid }) => pid).filter(pid => !pids.has(pid)))
    const last = Math.max(...lasting.map(({ pid }) => Number(pid)))
    const folders = linesOf((await desk.type('ls /proc')).stdout).filter(name => /^\d+$/.test(name))
    // What was begun for the two lines themselves is in neither.
    const read = folders.filter(pid => Number(pid) <= last && !young.has(pid))
    desk.same('pids', { ps: sorted([...pids]), proc: sorted(read) })
    for (const { pid, ppid, comm, args, stat } of desk.some(lasting)) {
      const { stdout } = await desk.type(
        `cd /proc/${pid} && cat comm && tr '\\0' ' ' < cmdline && grep -E '^(PPid|State):' status`,
      )
      const [own = '', ...rest] = stdout.split('\n')
      const text = rest.join('\n')
      desk.same(`comm of ${pid}`, { ps: comm, proc: own })
      desk.same(`parent of ${pid}`, { ps: ppid, proc: /PPid:\s+(\d+)/.exec(text)?.[1] })
      desk.same(`state of ${pid}`, { ps: stat[0], proc: /State:\s+(\w)/.exec(text)?.[1] })
      const cmdline = text.slice(0, text.indexOf('State:')).trim()
      if (cmdline !== '') desk.same(`arguments of ${pid}`, { ps: args.trim(), proc: cmdline })
    }
  },
}

const parentsLive: Relation = {
  name: 'a process is younger than the system and than its parent',
  where: 'machine',
  check: async desk => {
    const processes = readProcesses(
      (await textOf(desk, 'ps -eo pid,ppid,etimes,stat,comm,args --no-headers')) ?? '',
    )
    const up = Number.parseFloat((await textOf(desk, 'cat /proc/uptime')) ?? '')
    const byPid = new Map(processes.map(one => [one.pid, one]))
    for (const { pid, ppid, etimes, comm } of processes) {
      desk.holds(etimes <= up + 2, `ps: ${pid} ${comm} runs ${etimes} s | uptime: ${up} s`)
      const parent = byPid.get(ppid)
      if (ppid === '0') continue
      desk.holds(parent !== undefined, `ps: ${pid} ${comm} has the parent ${ppid} | ps has no such process`)
      desk.holds(
        (parent?.etimes ?? etimes) + 1 >= etimes,
        `ps: ${pid} ${comm} runs ${etimes} s | its parent ${ppid} ${parent?.comm} ${parent?.etimes} s`,
      )
    }
  },
}

const topAgrees: Relation = {
  name: 'top, ps and pgrep count the same processes',
  where: 'machine',
  check: async desk => {
    const counts = await desk.type(
      'top -bn1 | sed -n 2p; ps -e --no-headers | wc -l; pgrep -c .; ls -d /proc/[0-9]* | wc -l; cut -d" " -f4 /proc/loadavg; ps -eLf --no-headers | wc -l',
    )
    const [top = '', ps = '', pgrep = '', proc = '', load = '', threads = ''] = linesOf(counts.stdout)
    const total = Number(/(\d+) total/.exec(top)?.[1])
    for (const [tool, count] of Object.entries({ ps, pgrep, proc }))
      desk.holds(Math.abs(total - Number(count)) <= 3, `top: ${total} processes | ${tool}: ${count}`)
    desk.holds(
      Math.abs(Number(load.split('/')[1]) - Number(threads)) <= 4,
      `/proc/loadavg: ${load} | ps -eLf: ${threads} threads`,
    )
  },
}

const rssAgrees: Relation = {
  name: 'memory of processes agrees between ps, /proc and top',
  where: 'machine',
  check: async desk => {
    const ps = rowsOf((await textOf(desk, 'ps -eo pid,rss,vsz --no-headers')) ?? '')
    const status = rowsOf((await textOf(desk, "grep -H VmRSS /proc/[0-9]*/status | tr ':' ' '")) ?? '')
    const read = new Map(status.map(([path = '', , kib]) => [path.split('/')[2] ?? '', Number(kib)]))
    for (const [pid = '', rss, vsz] of ps) {
      if (read.has(pid))
        desk.holds(
          Math.abs(Number(rss) - (read.get(pid) ?? 0)) <= 1024,
          `ps: ${pid} has ${rss} KiB | /proc: ${read.get(pid)}`,
        )
      desk.holds(Number(rss) <= Number(vsz), `ps: ${pid} has RSS ${rss} above VSZ ${vsz}`)
    }
  },
}

/** Relations about processes. */
export const processRelations: readonly Relation[] = [procKnowsProcesses, parentsLive, topAgrees, rssAgrees]
