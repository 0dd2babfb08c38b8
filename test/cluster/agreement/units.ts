import type { Desk, Relation } from './desk.ts'
import { linesOf, pairsOf, rowsOf, secondsOf, sorted, textOf, wasClockSet } from './read.ts'

type Unit = Readonly<Record<string, string>>

const PROPERTIES =
  'Id,LoadState,ActiveState,SubState,MainPID,NRestarts,ActiveEnterTimestamp,InactiveEnterTimestamp,ExecMainStartTimestamp,Result,UnitFileState,Type'

const readUnits = async (desk: Desk): Promise<readonly Unit[]> => {
  const text = await textOf(desk, `systemctl show '*.service' -p ${PROPERTIES}`)
  return (text ?? '')
    .split('\n\n')
    .filter(block => block.includes('='))
    .map(block => pairsOf(block))
}

const listsAgree: Relation = {
  name: 'systemctl says one state of a unit',
  where: 'machine',
  check: async desk => {
    const units = await readUnits(desk)
    if (units.length === 0) return
    const listed = new Map(
      rowsOf((await textOf(desk, "systemctl list-units --all --no-legend --plain '*.service'")) ?? '').map(
        ([id = '', load, active, sub]) => [id, `${load} ${active} ${sub}`],
      ),
    )
    desk.same('services', {
      show: sorted(units.map(unit => unit['Id'] ?? '')),
      'list-units': sorted([...listed.keys()]),
    })
    const ids = units.map(unit => unit['Id'] ?? '')
    const active = linesOf((await desk.type(`systemctl is-active ${ids.join(' ')}`)).stdout)
    const enabled = linesOf(
      (await desk.type(`for u in ${ids.join(' ')}; do echo "$(systemctl is-enabled $u 2>/dev/null)|"; done`))
        .stdout,
    )
    units.forEach((unit, at) => {
      desk.same(`${unit['Id']}`, {
        show: `${unit['LoadState']} ${unit['ActiveState']} ${unit['SubState']}`,
        'list-units': listed.get(unit['Id'] ?? ''),
      })
      desk.same(`${unit['Id']} active`, { show: unit['ActiveState'], 'is-active': active[at] })
      desk.same(`${unit['Id']} enabled`, { show: `${unit['UnitFileState']}|`, 'is-enabled': enabled[at] })
    })
    const failed = rowsOf(
      (await textOf(desk, 'systemctl list-units --failed --no-legend --plain')) ?? '',
    ).map(([id = '']) => id)
    desk.same('failed', {
      show: sorted(units.filter(unit => unit['ActiveState'] === 'failed').map(unit => unit['Id'] ?? '')),
      '--failed': sorted(failed.filter(id => id.endsWith('.service'))),
    })
    const running = (await desk.type('systemctl is-system-running')).stdout.trim()
    if (running !== 'starting')
      desk.same('degraded', { '--failed': failed.length > 0, 'is-system-running': running === 'degraded' })
  },
}

const mainLives: Relation = {
  name: 'the main process of a unit lives, and as long as the unit',
  where: 'machine',
  check: async desk => {
    const now = Number((await textOf(desk, 'date +%s')) ?? '')
    const ages = new Map(
      rowsOf((await textOf(desk, 'ps -eo pid,etimes,stat --no-headers')) ?? '').map(
        ([pid = '', age, stat = '']) => [pid, { age: Number(age), stat }],
      ),
    )
    const isSet = await wasClockSet(desk)
    for (const unit of await readUnits(desk)) {
      const { Id: id, MainPID: pid = '0', SubState: sub } = unit
      desk.holds(
        (pid !== '0') ===
          (sub === 'running' || (pid !== '0' && /^(?:start|stop|reload|deactivating|final)/.test(sub ?? ''))),
        `show: ${id} is ${sub} | MainPID=${pid}`,
      )
      if (pid === '0') continue
      const process = ages.get(pid)
      desk.holds(process !== undefined, `show: ${id} has MainPID=${pid} | ps has no such process`)
      const started = secondsOf(unit['ExecMainStartTimestamp'] ?? '')
      if (process && started !== undefined && !isSet)
        desk.holds(
          Math.abs(now - started - process.age) <= 3,
          `show: ${id} main process since ${unit['ExecMainStartTimestamp']}, ${now - started} s ago | ps: ${process.age} s`,
        )
      const entered = secondsOf(unit['ActiveEnterTimestamp'] ?? '')
      if (sub === 'running' && started !== undefined)
        desk.holds(
          entered !== undefined && entered + 1 >= started,
          `show: ${id} active since ${unit['ActiveEnterTimestamp']} | its main process since ${unit['ExecMainStartTimestamp']}`,
        )
    }
  },
}

const statusAgrees: Relation = {
  name: 'systemctl status and show tell the same of a unit',
  where: 'machine',
  check: async desk => {
    for (const unit of desk.some(await readUnits(desk))) {
      const { stdout } = await desk.type(`systemctl status ${unit['Id']} --no-pager -n 0`)
      const active = /Active: (\S+) \((\S+?)\)(?:.*? since (.*?);)?/.exec(stdout)
      desk.same(`${unit['Id']}`, { show: `${unit['ActiveState']}`, status: active?.[1] })
      const since = unit[unit['ActiveState'] === 'active' ? 'ActiveEnterTimestamp' : 'InactiveEnterTimestamp']
      if (active?.[3] && ['active', 'inactive', 'failed'].includes(active[1] ?? ''))
        desk.same(`${unit['Id']} since`, { show: since, status: active[3] })
      const pid = /Main PID: (\d+) \(([^)]+)\)/.exec(stdout)
      if (unit['MainPID'] !== '0')
        desk.same(`${unit['Id']} main process`, { show: unit['MainPID'], status: pid?.[1] })
    }
  },
}

const journalAgrees: Relation = {
  name: 'the last start or stop in the journal is the state of the unit',
  where: 'machine',
  check: async desk => {
    for (const unit of desk.some(await readUnits(desk))) {
      if (unit['Type'] === 'oneshot' || !['active', 'inactive', 'failed'].includes(unit['ActiveState'] ?? ''))
        continue
      const { stdout } = await desk.type(
        `journalctl -b --no-pager -o short-iso -u ${unit['Id']} | grep -E ' systemd\\[1\\]: (Started|Stopped|.*Deactivated|.*Failed with result|Starting)' | tail -1`,
      )
      const line = linesOf(stdout)[0]
      if (line === undefined) continue
      const isStart = / systemd\[1\]: Started/.test(line)
      desk.same(`${unit['Id']} by "${line}"`, {
        journal: isStart ? 'active' : 'not',
        show: unit['ActiveState'] === 'active' ? 'active' : 'not',
      })
      const at = secondsOf(line)
      const since = secondsOf(unit['ActiveEnterTimestamp'] ?? '')
      if (isStart && at !== undefined && since !== undefined)
        desk.holds(
          Math.abs(at - since) <= 2,
          `journal: ${line} | show: active since ${unit['ActiveEnterTimestamp']}`,
        )
    }
  },
}

const groupsAgree: Relation = {
  name: 'the control group of a unit holds its main process',
  where: 'machine',
  check: async desk => {
    for (const { Id: id, MainPID: pid = '0' } of desk.some(await readUnits(desk))) {
      if (pid === '0') continue
      const group = ((await textOf(desk, `cat /proc/${pid}/cgroup`)) ?? '').trim()
      if (!group.startsWith('0::')) continue
      const path = group.slice('0::'.length)
      desk.holds(path.includes(id ?? '?'), `show: ${id} has MainPID=${pid} | /proc/${pid}/cgroup: ${group}`)
      const procs = linesOf((await textOf(desk, `cat /sys/fs/cgroup${path}/cgroup.procs`)) ?? '')
      desk.holds(
        procs.includes(pid),
        `/proc/${pid}/cgroup: ${group} | cgroup.procs there: ${procs.join(' ')}`,
      )
    }
  },
}

/** Relations about systemd's units. */
export const unitRelations: readonly Relation[] = [
  listsAgree,
  mainLives,
  statusAgrees,
  journalAgrees,
  groupsAgree,
]
