import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode, nearestWord, reasonOf } from '../../base/index.ts'
import { type Origin, type SettingName, settingNames, settingOf, starterText } from '../../settings/index.ts'
import type { RunCommand, RunWithSettings } from '../command.ts'
import { defaultConfigFile } from '../default-config-file.ts'
import { exitCodes } from '../exit-codes.ts'
import { print } from '../print.ts'
import { stateDirOf } from '../state-dir-of.ts'
import { UserError } from '../user-error.ts'
import { withSettings } from '../with-settings.ts'

const originText = (origin: Origin | undefined, path: string | undefined): string => {
  switch (origin?.kind) {
    case 'option':
      return `--${origin.option}`
    case 'environment':
      return origin.variable
    case 'file':
      return `${path ?? ''}:${origin.at.line}`
    default:
      return 'default'
  }
}

const showSettings: RunWithSettings = async invocation => {
  const { values, origins, path } = invocation.settings
  const held = { ...values, stateDir: stateDirOf(invocation) }
  const rows = settingNames.map((name: SettingName) => ({
    name,
    value: settingOf(name).kind.show(held[name]),
    from: originText(origins.get(name), path),
  }))
  if (invocation.flags.has('json')) {
    print.json(JSON.stringify({ path, settings: rows }))
    return exitCodes.done
  }
  const name = Math.max(...rows.map(row => row.name.length))
  const value = Math.min(40, Math.max(...rows.map(row => row.value.length)))
  for (const row of rows) print.out(`${row.name.padEnd(name)}  ${row.value.padEnd(value)}  ${row.from}`)
  return exitCodes.done
}

const refuseWrite = (path: string, cause: unknown): never => {
  const isThere = errorCode(cause) === 'EEXIST'
  throw new UserError({
    code: isThere ? 'E_CONFIG_EXISTS' : 'E_CLI_WRITE',
    message: isThere
      ? `${path} is there already and stays as it is.`
      : `${path} cannot be written: ${reasonOf(cause)}.`,
    hint: isThere ? '"runtree config" shows what it says.' : 'XDG_CONFIG_HOME names another folder.',
  })
}

const writeStarter = (): number => {
  const path = defaultConfigFile(process.env)
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    // Patterns of secrets and names of machines are nobody else's business.
    writeFileSync(path, starterText(), { flag: 'wx', mode: 0o600 })
  } catch (cause) {
    refuseWrite(path, cause)
  }
  print.out(`Written to ${path}. Every setting in it is a comment until you take its "#" off.`)
  return exitCodes.done
}

const tasks: Readonly<Record<string, RunCommand>> = {
  show: withSettings(showSettings),
  path: async () => {
    print.out(defaultConfigFile(process.env))
    return exitCodes.done
  },
  init: async () => writeStarter(),
}

/** `runtree config`: the settings that hold and where each comes from; the path of their file; a file to begin with. */
export const runConfig: RunCommand = async written => {
  const [word = 'show'] = written.operands
  const task = Object.hasOwn(tasks, word) ? tasks[word] : undefined
  if (task !== undefined) return task(written)
  const near = nearestWord(word, Object.keys(tasks))
  throw new UserError({
    code: 'E_CLI_USAGE',
    message: `There is no "config ${word}".`,
    hint:
      near === undefined
        ? 'Use config, config path, or config init.'
        : `Did you mean "runtree config ${near}"?`,
  })
}
