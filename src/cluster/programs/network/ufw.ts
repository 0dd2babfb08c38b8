import { readText, writeText } from '../../files/file-tree.ts'
import {
  ANYWHERE,
  loadUfw,
  UFW_CONF,
  UFW_DEFAULTS,
  UFW_RULES,
  type UfwRule,
  ufwSettingsOf,
  unloadUfw,
} from '../../network/ufw-rules.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { isForBoth, readUfwRule, ufwRows, ufwTuple } from './ufw-words.ts'

const words: Readonly<Record<string, string>> = { DROP: 'deny', ACCEPT: 'allow', REJECT: 'reject' }

const status = ({ machine }: Call, mode: string | undefined): Reply => {
  const { isEnabled, input, output, forward, rules } = ufwSettingsOf(machine)
  const isActive = isEnabled && machine.firewall.filter.some(({ name }) => name === 'ufw-user-input')
  if (!isActive) return { stdout: 'Status: inactive\n' }
  const isNumbered = mode === 'numbered'
  const rows = rules.map(rule => ufwRows(rule, mode !== undefined))
  const lines = [...rows.map(({ four }) => four), ...rows.flatMap(({ six }) => six ?? [])]
  const indent = isNumbered ? '     ' : ''
  const head = `${indent}${'To'.padEnd(26)} ${'Action'.padEnd(11)} From\n${indent}${'--'.padEnd(26)} ${'------'.padEnd(11)} ----\n`
  const policies =
    mode === 'verbose'
      ? `Logging: on (low)\nDefault: ${words[input]} (incoming), ${words[output]} (outgoing), ${words[forward]} (routed)\nNew profiles: skip\n`
      : ''
  const shown = lines.map((line, at) =>
    isNumbered ? `[${String(at + 1).padStart(2)}] ${line}\n` : `${line}\n`,
  )
  return {
    stdout: `Status: active\n${policies}${lines.length === 0 ? '' : `\n${head}${shown.join('')}\n`}`,
  }
}

const setLine = ({ machine, world }: Call, path: string, line: string): void => {
  const [key = ''] = line.split('=')
  const text = readText(machine.files, path) ?? ''
  const pattern = new RegExp(`^${key}=.*$`, 'm')
  const changed = pattern.test(text) ? text.replace(pattern, line) : `${text}${line}\n`
  writeText(machine.files, path, { text: changed, mtimeMs: world.nowMs })
}

const writeRules = ({ machine, world }: Call, rules: readonly UfwRule[]): void => {
  const lines = rules.flatMap(rule => ['', ufwTuple(rule)])
  writeText(machine.files, UFW_RULES, {
    text: `*filter\n:ufw-user-input - [0:0]\n:ufw-user-output - [0:0]\n:ufw-user-forward - [0:0]\n### RULES ###\n${lines.join('\n')}\n\n### END RULES ###\nCOMMIT\n`,
    mtimeMs: world.nowMs,
    mode: 0o640,
  })
  loadUfw(machine)
}

const PROMPT = 'Command may disrupt existing ssh connections. Proceed with operation (y|n)? '

const enable = (call: Call, isForced: boolean): Reply => {
  const asks = !isForced && call.machine.role !== 'workstation'
  if (asks && call.stdin !== '' && !/^y/i.test(call.stdin)) return { stdout: `${PROMPT}Aborted\n`, exit: 1 }
  setLine(call, UFW_CONF, 'ENABLED=yes')
  loadUfw(call.machine)
  return {
    stdout: `${asks ? PROMPT : ''}Firewall is active and enabled on system startup\n`,
    tookMs: 900,
  }
}

const disable = (call: Call): Reply => {
  setLine(call, UFW_CONF, 'ENABLED=no')
  unloadUfw(call.machine)
  return { stdout: 'Firewall stopped and disabled on system startup\n', tookMs: 600 }
}

const policies: Readonly<Record<string, string>> = { allow: 'ACCEPT', deny: 'DROP', reject: 'REJECT' }
const ways: Readonly<Record<string, string>> = {
  incoming: 'INPUT',
  outgoing: 'OUTPUT',
  routed: 'FORWARD',
}

const setDefault = (call: Call, [policy = '', way = 'incoming']: readonly string[]): Reply => {
  if (policies[policy] === undefined || ways[way] === undefined)
    return { stderr: 'ERROR: Invalid syntax\n', exit: 1 }
  setLine(call, UFW_DEFAULTS, `DEFAULT_${ways[way]}_POLICY="${policies[policy]}"`)
  loadUfw(call.machine)
  return {
    stdout: `Default ${way} policy changed to '${policy}'\n(be sure to update your rules accordingly)\n`,
  }
}

const said = (rule: UfwRule, text: string): string =>
  isForBoth(rule) ? `${text}\n${text} (v6)\n` : `${text}\n`

const isSame = (a: UfwRule, b: UfwRule): boolean => ufwTuple(a) === ufwTuple(b)

const change = (call: Call, given: readonly string[]): Reply => {
  const { rules, isEnabled } = ufwSettingsOf(call.machine)
  const isDeletion = given[0] === 'delete'
  const asked = isDeletion ? given.slice(1) : given
  const isFirst = asked[0] === 'prepend' || asked[0] === 'insert'
  const number = isDeletion && /^\d+$/.test(asked[0] ?? '') ? Number(asked[0]) : undefined
  const both = rules.filter(isForBoth)
  const rule =
    number === undefined
      ? readUfwRule(isFirst ? asked.slice(asked[0] === 'insert' ? 2 : 1) : asked)
      : ([...rules, ...both][number - 1] ?? 'ERROR: Could not find rule')
  if (typeof rule === 'string') return { stderr: `${rule}\n`, exit: 1 }
  const known = rules.some(other => isSame(other, rule))
  if (isDeletion && !known) return { stdout: said(rule, 'Could not delete non-existent rule') }
  if (!isDeletion && known) return { stdout: said(rule, 'Skipping adding existing rule') }
  const others = rules.filter(other => !isSame(other, rule))
  writeRules(call, isDeletion ? others : isFirst ? [rule, ...others] : [...others, rule])
  const done = isDeletion ? 'Rule deleted' : isFirst ? 'Rule inserted' : 'Rule added'
  return { stdout: said(rule, isEnabled ? done : 'Rules updated'), tookMs: 300 }
}

const reset = (call: Call): Reply => {
  disable(call)
  writeRules(call, [])
  return {
    stdout:
      'Resetting all rules to installed defaults. This may disrupt existing ssh\nconnections. Proceed with operation (y|n)? \n',
    tookMs: 900,
  }
}

const run = (call: Call): Reply => {
  const isForced = call.args.includes('--force')
  const given = call.args.filter(word => word !== '--force')
  const [verb = '', ...rest] = given
  if (verb === '' || verb === 'help' || verb === '--help')
    return { stderr: 'ERROR: not enough args\n', exit: 1 }
  if (verb === 'version' || verb === '--version')
    return { stdout: 'ufw 0.36.1\nCopyright 2008-2021 Canonical Ltd.\n' }
  if (call.user !== 'root') return { stderr: 'ERROR: You need to be root to run this script\n', exit: 1 }
  if (verb === 'status') return status(call, rest[0])
  if (verb === 'enable') return enable(call, isForced)
  if (verb === 'disable') return disable(call)
  if (verb === 'reset') return reset(call)
  if (verb === 'default') return setDefault(call, rest)
  if (verb === 'logging') return { stdout: `Logging ${rest[0] === 'off' ? 'disabled' : 'enabled'}\n` }
  if (verb === 'app') return { stdout: 'Available applications:\n  OpenSSH\n' }
  if (verb === 'reload') {
    loadUfw(call.machine)
    return {
      stdout: ufwSettingsOf(call.machine).isEnabled
        ? 'Firewall reloaded\n'
        : 'Firewall not enabled (skipping reload)\n',
    }
  }
  if (verb === 'show') {
    const { rules } = ufwSettingsOf(call.machine)
    const shown = rules.map(
      ({ action, port, protocol, from, to }) =>
        `ufw ${action} ${isForBoth({ from, to } as UfwRule) ? `${port}${protocol === 'any' ? '' : `/${protocol}`}` : `from ${from}${to === ANYWHERE ? '' : ` to ${to}`}`}`,
    )
    return {
      stdout: `Added user rules (see 'ufw status' for running firewall):\n${shown.length === 0 ? '(None)' : shown.join('\n')}\n`,
    }
  }
  return change(call, given)
}

/** ufw(8): a packet filter in few words, on systems of Ubuntu. */
export const ufw: Program = {
  names: ['ufw'],
  isInstalled: post => onMachines(post) && post.machine.units.has('ufw.service'),
  run,
}
