import { sshdProblems } from '../../relations/sshd-settings.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'

/** sshd(8) called by hand: `-t` looks at its settings; the server itself is a unit. */
export const sshdProgram: Program = {
  names: ['sshd'],
  isInstalled: onMachines,
  run: ({ args, machine }): Reply => {
    if (!args.some(arg => /^-\w*[tT]/.test(arg)))
      return { stderr: 'sshd re-exec requires execution with an absolute path\n', exit: 255 }
    const problems = sshdProblems(machine)
    return problems.length === 0 ? {} : { stderr: `${problems.join('\n')}\n`, exit: 255 }
  },
}
