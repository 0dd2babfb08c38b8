import type { CauseCondition } from './types.ts'

// The worst levels of klog, zap and capnslog, a panic, and what a component says before it leaves; runtime and journal put their own in front.
const lastWord =
  '"command failed"|"level":"(fatal|panic)"|^(.{20,40} std(out|err) F |[0-9T:.-]+Z |.{20,90}[0-9]]: )?(F[0-9]{4} |panic: |[0-9: .-]+ C [|] )'

// The command shows the log of this program, or runs it: logs of others quote such lines of it, too.
const shown = (program: string): string => `(log.*|-u |^(sudo )?(/[^ ]*/)?)${program}`

/** The condition that a program's own log shows it ending with an error, whichever that is; a warning that the named error outranks. */
export const endingOf = (id: string, program: string): CauseCondition => ({
  rule: `${id}/ends-with-an-error`,
  each: undefined,
  when: `command.matches(${JSON.stringify(shown(program))}) && lines.exists(l, l.matches(${JSON.stringify(lastWord)}))`,
  says: `${program} ends with an error`,
  severity: 'warning',
})
