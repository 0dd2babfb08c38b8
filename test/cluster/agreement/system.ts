import type { Relation } from './desk.ts'
import { linesOf, pairsOf, rowsOf, secondsOf, sorted, textOf, wasClockSet } from './read.ts'

const near = (numbers: readonly number[], tolerance: number): boolean =>
  numbers.every(Number.isFinite) && Math.max(...numbers) - Math.min(...numbers) <= tolerance

const mountsAgree: Relation = {
  name: 'df, findmnt, mount and /proc/mounts show the same file systems',
  where: 'machine',
  check: async desk => {
    const mount = rowsOf((await textOf(desk, 'mount')) ?? '').map(
      ([source, , target, , type]) => `${source} ${target} ${type}`,
    )
    const proc = rowsOf((await textOf(desk, 'cat /proc/mounts')) ?? '').map(
      ([source, target, type]) => `${source} ${target} ${type}`,
    )
    const findmnt = rowsOf((await textOf(desk, 'findmnt -rno SOURCE,TARGET,FSTYPE')) ?? '').map(row =>
      row.join(' '),
    )
    desk.same('mounts', { mount: sorted(mount), proc: sorted(proc), findmnt: sorted(findmnt) })
    const targets = new Set(proc.map(line => line.split(' ')[1]))
    for (const row of rowsOf((await desk.type('df -k')).stdout, 1)) {
      const target = row.at(-1)
      desk.holds(targets.has(target), `df: ${target} | /proc/mounts has no such line`)
      const [, blocks, used, available] = row.map(Number)
      desk.holds(
        (used ?? 0) + (available ?? 0) <= (blocks ?? 0),
        `df: ${target} uses ${used} and has ${available} of ${blocks}`,
      )
    }
  },
}

const mountsLookedAt = ['/', '/var', '/boot'] as const

const duFits: Relation = {
  name: 'du finds no more than df has in use',
  where: 'machine',
  check: async desk => {
    for (const target of mountsLookedAt) {
      const df = rowsOf((await desk.type(`df -k --output=used,iused,target ${target}`)).stdout, 1)[0]
      if (df?.[2] !== target) continue
      const du = Number(rowsOf((await desk.type(`du -xsk ${target}`)).stdout)[0]?.[0])
      desk.holds(du <= Number(df[0]), `du -x ${target}: ${du} KiB | df: ${df[0]} KiB used`)
    }
  },
}

/** Not yet so of /boot on the machines of Gravity, where no file takes what df has in use. */
const duFinds: Relation = {
  name: 'du and what is deleted and open make up what df has in use',
  where: 'machine',
  check: async desk => {
    const deleted = rowsOf((await desk.type('lsof +L1')).stdout, 1)
    const held = deleted.reduce((sum, row) => sum + Number(row[6] ?? 0) / 1024, 0)
    for (const target of mountsLookedAt) {
      const df = rowsOf((await desk.type(`df -k --output=used,iused,target ${target}`)).stdout, 1)[0]
      if (df?.[2] !== target) continue
      const du = Number(rowsOf((await desk.type(`du -xsk ${target}`)).stdout)[0]?.[0])
      desk.holds(
        du + held >= Number(df[0]) * 0.7,
        `du -x ${target}: ${du} KiB, deleted and open ${Math.round(held)} | df: ${df[0]} KiB used`,
      )
    }
  },
}

const memoryAgrees: Relation = {
  name: 'free, /proc/meminfo, vmstat and top tell one memory',
  where: 'machine',
  check: async desk => {
    const free = rowsOf((await textOf(desk, 'free -k')) ?? '')
    const info = pairsOf((await textOf(desk, 'cat /proc/meminfo')) ?? '', ':')
    const kib = (name: string): number => Number.parseInt(info[name] ?? '', 10)
    const [, total, used, free1, shared, cache, available] = (
      free.find(([name]) => name === 'Mem:') ?? []
    ).map(Number)
    const [, swap, swapUsed] = (free.find(([name]) => name === 'Swap:') ?? []).map(Number)
    desk.holds(near([total ?? NaN, kib('MemTotal')], 0), `free: total ${total} | meminfo: ${kib('MemTotal')}`)
    desk.holds(near([free1 ?? NaN, kib('MemFree')], 2048), `free: free ${free1} | meminfo: ${kib('MemFree')}`)
    desk.holds(
      near([available ?? NaN, kib('MemAvailable')], 2048),
      `free: available ${available} | meminfo: ${kib('MemAvailable')}`,
    )
    desk.holds(near([shared ?? NaN, kib('Shmem')], 64), `free: shared ${shared} | meminfo: ${kib('Shmem')}`)
    desk.holds(
      near([cache ?? NaN, kib('Buffers') + kib('Cached') + kib('SReclaimable')], 2048),
      `free: buff/cache ${cache} | meminfo: ${kib('Buffers') + kib('Cached') + kib('SReclaimable')}`,
    )
    desk.holds(
      near([(used ?? NaN) + (free1 ?? NaN) + (cache ?? NaN), total ?? NaN], 2),
      `free: used ${used} + free ${free1} + buff/cache ${cache} are not ${total}`,
    )
    desk.same('swap', {
      free: [swap, swapUsed],
      meminfo: [kib('SwapTotal'), kib('SwapTotal') - kib('SwapFree')],
    })
    const vmstat = rowsOf((await textOf(desk, 'vmstat')) ?? '', 2)[0]?.map(Number)
    desk.holds(
      near([vmstat?.[3] ?? NaN, kib('MemFree')], 2048),
      `vmstat: free ${vmstat?.[3]} | meminfo: ${kib('MemFree')}`,
    )
    desk.holds(
      near([(vmstat?.[4] ?? NaN) + (vmstat?.[5] ?? NaN), cache ?? NaN], 2048),
      `vmstat: buff ${vmstat?.[4]} + cache ${vmstat?.[5]} | free: buff/cache ${cache}`,
    )
    const top = linesOf((await textOf(desk, 'top -bn1 | sed -n 4p')) ?? '')[0] ?? ''
    const [topTotal, topFree, topUsed] = [...top.matchAll(/([\d.]+) (?:total|free|used)/g)].map(
      ([, n]) => Number(n) * (top.startsWith('KiB') ? 1 : 1024),
    )
    desk.holds(
      near([topTotal ?? NaN, total ?? NaN], 60) &&
        near([topFree ?? NaN, free1 ?? NaN], 3000) &&
        near([topUsed ?? NaN, used ?? NaN], 3000),
      `top: ${top} | free: ${total} ${free1} ${used}`,
    )
    const rss = rowsOf((await textOf(desk, 'ps -eo rss --no-headers')) ?? '').reduce(
      (sum, [kilo]) => sum + Number(kilo),
      0,
    )
    desk.holds(
      rss <= (used ?? 0) + (cache ?? 0),
      `ps: all RSS ${rss} | free: used ${used} and buff/cache ${cache}`,
    )
  },
}

const uptimeAgrees: Relation = {
  name: 'the tools know one moment of the boot',
  where: 'machine',
  check: async desk => {
    const { stdout } = await desk.type(
      'date +%s; cat /proc/uptime; grep btime /proc/stat; uptime -s; who -b; ps -o etimes= -p 1; systemctl show -p KernelTimestamp; cat /proc/sys/kernel/random/boot_id',
    )
    const [date = '', up = '', stat = '', since = '', who = '', init = ''] = linesOf(stdout)
    const now = Number(date)
    const btime = Number(stat.split(' ')[1])
    desk.holds(
      near([now - Number.parseFloat(up), btime], 1.5),
      `/proc/uptime: boot at ${now - Number.parseFloat(up)} | /proc/stat: ${btime}`,
    )
    desk.holds(
      near([secondsOf(since) ?? NaN, btime], 1.5),
      `uptime -s: ${since} | /proc/stat: ${new Date(btime * 1000).toISOString()}`,
    )
    desk.holds(near([Number(init), now - btime], 2), `ps: init runs ${init} s | /proc/stat: ${now - btime} s`)
    const isSet = await wasClockSet(desk)
    if (/system boot/.test(who) && !isSet)
      desk.holds(near([secondsOf(who) ?? NaN, btime], 61), `who -b: ${who} | uptime -s: ${since}`)
    const last = linesOf((await textOf(desk, 'last reboot | head -1')) ?? '')[0]
    const minute = since.split(' ')[1]?.slice(0, 5) ?? '?'
    if (last?.startsWith('reboot') && !isSet)
      desk.holds(last.includes(minute), `last: ${last} | uptime -s: ${since}`)
    const boots = linesOf((await textOf(desk, 'journalctl --list-boots --no-pager')) ?? '').filter(line =>
      /^\s*-?\d+ /.test(line),
    )
    const own = boots.at(-1) ?? ''
    if (!isSet)
      desk.holds(
        near([secondsOf(own) ?? NaN, btime], 30),
        `journalctl --list-boots: ${own} | uptime -s: ${since}`,
      )
    const id = ((await textOf(desk, 'cat /proc/sys/kernel/random/boot_id')) ?? '').trim().replaceAll('-', '')
    desk.same('boot id', { journalctl: own.trim().split(/\s+/)[1], proc: id })
  },
}

const clocksAgree: Relation = {
  name: 'date, timedatectl, a new file and the journal share a clock',
  where: 'machine',
  check: async desk => {
    const { stdout } = await desk.type(
      'date +%s; touch /tmp/agreement; stat -c %Y /tmp/agreement; rm /tmp/agreement; timedatectl | grep Universal; logger agreement; journalctl -n 1 -o short-unix --no-pager | grep -v ^--; date +%s',
    )
    const [first = '', file = '', universal = '', line = '', last = ''] = linesOf(stdout)
    const within = (seconds: number): boolean => seconds >= Number(first) - 1 && seconds <= Number(last) + 1
    desk.holds(within(Number(file)), `date: ${first} to ${last} | stat of a new file: ${file}`)
    desk.holds(within(secondsOf(universal) ?? NaN), `date: ${first} to ${last} | timedatectl: ${universal}`)
    desk.holds(
      /agreement/.test(line) && within(Number.parseFloat(line)),
      `date: ${first} to ${last} | journalctl -n 1: ${line}`,
    )
  },
}

const sessionsAgree: Relation = {
  name: 'who, w, last, users and uptime know the same sessions',
  where: 'machine',
  check: async desk => {
    const who = rowsOf((await textOf(desk, 'who')) ?? '').map(([user, line]) => `${user} ${line}`)
    const w = rowsOf((await textOf(desk, 'w -h')) ?? '').map(([user, line]) => `${user} ${line}`)
    const last = rowsOf((await textOf(desk, 'last | grep "still logged in"')) ?? '').map(
      ([user, line]) => `${user} ${line}`,
    )
    const users = ((await textOf(desk, 'users')) ?? '')
      .trim()
      .split(/\s+/)
      .filter(name => name !== '')
    desk.same('sessions', { who: sorted(who), w: sorted(w), last: sorted(last) })
    desk.same('names', { who: sorted(who.map(line => line.split(' ')[0] ?? '')), users: sorted(users) })
    desk.same('count', {
      who: who.length,
      uptime: Number(/(\d+) users?/.exec((await textOf(desk, 'uptime')) ?? '')?.[1] ?? 0),
    })
    const logind = rowsOf((await textOf(desk, 'loginctl list-sessions --no-legend')) ?? '')
    desk.same('sessions of logind', { who: who.length, loginctl: logind.length })
    const terminals = new Set(
      rowsOf((await textOf(desk, 'ps -eo tty,comm --no-headers')) ?? '').map(([tty]) => tty),
    )
    for (const line of who)
      desk.holds(terminals.has(line.split(' ')[1]), `who: ${line} | ps has no process on that terminal`)
  },
}

/** Relations about disks, memory, clocks and sessions. */
export const systemRelations: readonly Relation[] = [
  mountsAgree,
  duFinds,
  duFits,
  memoryAgrees,
  uptimeAgrees,
  clocksAgree,
  sessionsAgree,
]
