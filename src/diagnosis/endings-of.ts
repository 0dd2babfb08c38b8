import type { CauseCondition } from './types.ts'

// The worst levels of klog, zap and capnslog, a panic, and what a component says before it leaves; runtime and journal put their own in front.
const lastWord =
  '"command failed"|"[Ll]eaderelection lost"|"level":"(fatal|panic)"|^(.{20,40} std(out|err) F |[0-9T:.-]+Z |.{20,90}[0-9]]: )?(F[0-9]{4} |panic: |[Ee]rror: |[0-9: .-]+ C [|] |unable to load |(stat|open) /[^ ]+: no such file or directory$)'

// What one that has got going says: an ending before it is history, as a kubelet's are that waited for its machine to join.
const goesOn =
  '[Ss]uccessfully (registered node|acquired lease)|Node was previously registered|just became ready|Serving securely on |ready to serve client requests'

// The command shows the log of this program, or runs it. Logs of others quote such lines of it, too: what a filter behind them seeks
// is not whose log it is.
const shown = (program: string): string =>
  `(log[^|]*|log.*[$][(].*|-u |^(sudo )?(/[^ ]*/)?)${program}([^a-z]|$)`

/** The condition that of the lines that tell of a program's end or of its going on, the last one tells of its end. */
const endedLast = (ended: string, goesOn: string, isOwn = 'true'): string => {
  const end = `l.matches(${JSON.stringify(ended)}) && ${isOwn}`
  const telling = `lines.filter(l, ${end} || l.matches(${JSON.stringify(goesOn)}))`
  return `${telling}.size() > 0 && ${telling}[${telling}.size() - 1].matches(${JSON.stringify(ended)})`
}

// In a journal each line names its program; a line without, beside such lines, is another command's.
const own = (program: string): string =>
  `(l.contains("${program}[") || !lines.exists(other, other.contains(" ${program}[")))`

const endsByItself = (id: string, program: string): CauseCondition => ({
  rule: `${id}/ends-with-an-error`,
  each: undefined,
  when: `command.matches(${JSON.stringify(shown(program))}) && ${endedLast(lastWord, goesOn, own(program))}`,
  says: `${program} ends with an error`,
  severity: 'warning',
})

// What upstart and supervisord say of a program that they start again and again, and what they say of one that stays.
const endedUnderSupervisor = (program: string): string =>
  `init: ${program} (main process (ended, respawning|[(][0-9]+[)] terminated)|respawning too fast)|(exited|gave up): ${program} [(e]|^${program} +(FATAL|BACKOFF|EXITED) `
const staysUnderSupervisor = (program: string): string =>
  `init: ${program} main process [(][0-9]+[)] killed by TERM|success: ${program} entered RUNNING|^${program} +(RUNNING|STOPPED) `

const endsUnderSupervisor = (id: string, program: string): CauseCondition => ({
  rule: `${id}/ends-under-its-supervisor`,
  each: undefined,
  when: endedLast(endedUnderSupervisor(program), staysUnderSupervisor(program)),
  says: `${program} ends and is started again`,
  severity: 'error',
})

/**
 * The conditions that a program ends by itself: its own log shows it ending with an error, whichever that is (a warning that the
 * named error outranks), or what supervises it says so.
 */
export const endingsOf = (id: string, program: string): readonly CauseCondition[] => [
  endsByItself(id, program),
  endsUnderSupervisor(id, program),
]
