import type { Call, Reply } from '../../shell/program.ts'
import { belongsTo, defaultTargetOf, restingTargets, setDefaultTarget } from '../../systemd/default-target.ts'
import { enablementOf } from '../../systemd/enablement.ts'
import { findUnit } from '../../systemd/load-unit.ts'
import { startUnit } from '../../systemd/start-unit.ts'
import { stopUnit } from '../../systemd/stop-unit.ts'
import { asText } from '../../text/columns.ts'
import type { ReadOptions } from '../../text/read-options.ts'
import { needsRoot } from './refusals.ts'
import { fullName } from './unit-names.ts'

const TOOK_MS = 900

const asTarget = (word: string): string => (word.includes('.') ? word : `${word}.target`)

/** Brings the system to a target: stops what does not belong to it, starts what does and is not there. */
const bringTo = ({ world, machine }: Call, target: string): void => {
  const atMs = world.nowMs
  for (const unit of machine.units.values())
    if (unit.active !== 'inactive' && !belongsTo(target, unit)) stopUnit(world, { machine, unit, atMs })
  for (const unit of machine.units.values()) {
    const isWanted =
      unit.name === target || enablementOf(machine, unit) === 'enabled' || unit.name.endsWith('.target')
    const isResting = restingTargets.includes(unit.name)
    const isStarted = isWanted && belongsTo(target, unit) && (!isResting || unit.name === target)
    if (isStarted && unit.load === 'loaded' && unit.active === 'inactive')
      startUnit(world, { machine, unit, atMs })
  }
}

const isolateTo = (call: Call, name: string): Reply => {
  const denied = needsRoot('isolate', call.user)
  if (denied !== undefined) return denied
  if (findUnit(call.machine, name) === undefined)
    return { stderr: `Failed to start ${name}: Unit ${name} not found.\n`, exit: 5 }
  if (!restingTargets.includes(name))
    return {
      stderr: `Failed to start ${name}: Operation refused, unit may not be isolated.\nSee system logs and 'systemctl status ${name}' for details.\n`,
      exit: 1,
    }
  bringTo(call, name)
  return { tookMs: TOOK_MS }
}

/** `systemctl isolate TARGET`. */
export const isolate = (call: Call, { words }: ReadOptions): Reply =>
  words[1] === undefined
    ? { stderr: 'Too few arguments.\n', exit: 1 }
    : isolateTo(call, words[1] === 'default' ? defaultTargetOf(call.machine) : fullName(words[1]))

/** `systemctl default`, `systemctl rescue` and `systemctl emergency`. */
export const enterTarget = (call: Call, { words: [verb = ''] }: ReadOptions): Reply => {
  if (verb === 'default') return isolateTo(call, defaultTargetOf(call.machine))
  const reply = isolateTo(call, `${verb}.target`)
  const mode = verb === 'rescue' ? 'rescue' : 'emergency'
  const told = `\nBroadcast message from ${call.user}@${call.machine.name} on pts/0:\n\nThe system is going down to ${mode} mode NOW!\n\n`
  return { ...reply, stderr: `${told}${reply.stderr ?? ''}` }
}

/** `systemctl get-default`. */
export const getDefault = ({ machine }: Call): Reply => ({ stdout: asText([defaultTargetOf(machine)]) })

/** `systemctl set-default TARGET`. */
export const setDefault = (call: Call, { words: [, word] }: ReadOptions): Reply => {
  const denied = needsRoot('set-default', call.user)
  if (denied !== undefined) return denied
  if (word === undefined) return { stderr: 'Too few arguments.\n', exit: 1 }
  const unit = findUnit(call.machine, asTarget(word))
  if (unit === undefined || !unit.name.endsWith('.target'))
    return { stderr: `Failed to set default target: Unit file ${asTarget(word)} does not exist.\n`, exit: 1 }
  return {
    stderr: asText(setDefaultTarget(call.machine, { path: unit.fragmentPath, atMs: call.world.nowMs })),
  }
}
