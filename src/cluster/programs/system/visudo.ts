import { sudoersFiles, sudoersProblems } from '../../relations/sudoers.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'

/** visudo(8): with `-c` whether the files of sudo can be read; there is no editor to open them in. */
export const visudo: Program = {
  names: ['visudo'],
  isInstalled: onMachines,
  run: ({ args, machine, user }): Reply => {
    if (user !== 'root') return { stderr: 'visudo: /etc/sudoers: Permission denied\n', exit: 1 }
    if (!args.some(arg => /^-\w*c/.test(arg)))
      return {
        stderr:
          'visudo: a full-screen editor cannot be used here. Change a file with sed -i, tee or a redirection.\n',
        exit: 1,
      }
    const problems = sudoersProblems(machine)
    return problems.length > 0
      ? { stderr: asText(problems), exit: 1 }
      : { stdout: asText(sudoersFiles(machine).map(path => `${path}: parsed OK`)) }
  },
}
