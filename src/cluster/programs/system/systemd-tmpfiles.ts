import { readText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { applyTmpfiles, tmpfilesPaths } from '../../relations/tmpfiles.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'

const ACTIONS = ['--create', '--remove', '--clean'] as const

/** systemd-tmpfiles(8): makes and removes what tmpfiles.d says, or shows it. */
export const systemdTmpfiles: Program = {
  names: ['systemd-tmpfiles'],
  isInstalled: onMachines,
  run: ({ world, machine, user, args, cwd }): Reply => {
    if (args.includes('--cat-config'))
      return {
        stdout: asText(
          tmpfilesPaths(machine).flatMap(path => [
            `# ${path}`,
            (readText(machine.files, path) ?? '').trimEnd(),
            '',
          ]),
        ),
      }
    if (!ACTIONS.some(action => args.includes(action)))
      return { stderr: 'You need to specify at least one of --clean, --create or --remove.\n', exit: 1 }
    const named = args.map(arg => (arg.startsWith('-') ? arg : resolvePath(cwd, arg)))
    const lacking = named.find(arg => !arg.startsWith('-') && readText(machine.files, arg) === undefined)
    if (lacking !== undefined)
      return { stderr: `Failed to read '${lacking}': No such file or directory\n`, exit: 1 }
    if (user !== 'root')
      return { stderr: 'Failed to create directory or subvolume: Permission denied\n', exit: 73 }
    applyTmpfiles(machine, named, world.nowMs)
    return {}
  },
}
