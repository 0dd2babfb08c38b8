import type { ParseArgsOptionsConfig } from 'node:util'

/** An option as help shows it and as the parser reads it. `value` names its argument; without it the option is a switch. */
export type Option = {
  readonly name: string
  readonly value?: string
  readonly about: string
  readonly repeatable?: true
}

/** Options that every command takes. */
export const commonOptions: readonly Option[] = [
  { name: 'json', about: 'print JSON for machines' },
  { name: 'no-color', about: 'no colour (NO_COLOR does the same)' },
  { name: 'no-config', about: 'read no settings file' },
  { name: 'help', about: 'show this help' },
]

const seed: Option = {
  name: 'seed',
  value: 'N',
  about: 'names, addresses, times and noise of a simulated cluster (default 1)',
}

/** Chooses the view for a terminal or a reader that cannot take a full screen. */
export const plain: Option = {
  name: 'plain',
  about: 'linear text with numbered choices instead of the full screen',
}

/** How the screen looks. */
export const theme: Option = {
  name: 'theme',
  value: 'NAME',
  about: 'dark (the default), light, contrast, colour-blind or none',
}

/** Where sessions are. */
export const stateDir: Option = { name: 'state-dir', value: 'DIR', about: 'where journals are kept' }

const timeout: Option = {
  name: 'timeout',
  value: 'TIME',
  about: 'stop a command after this time, such as 30s, 2m, 500ms (default 30s)',
}

const readOnly: Option = {
  name: 'read-only',
  about: 'refuse every command that is not known to only read',
}

/** Where commands run. */
export const targetOptions: readonly Option[] = [
  {
    name: 'target',
    value: 'TARGET',
    about:
      'where commands run: local (the default), ssh:[user@]host[:port], sim[:WORLD or DRILL], or replay:SESSION, which runs nothing and answers from an earlier session',
  },
  seed,
]

/** Options of the commands that run a session. */
export const sessionOptions: readonly Option[] = [
  ...targetOptions,
  {
    name: 'place',
    value: 'PLACE=TARGET',
    about: 'where the commands of another place run, such as control-plane=ssh:cp-1; may be repeated',
    repeatable: true,
  },
  {
    name: 'vars',
    value: 'FILE',
    about: 'take values of placeholders from a file: NAME=VALUE lines, or YAML; may be repeated',
    repeatable: true,
  },
  {
    name: 'var',
    value: 'NAME=VALUE',
    about: 'give a placeholder its value; may be repeated',
    repeatable: true,
  },
  timeout,
  readOnly,
  stateDir,
]

/** What `config` shows too: the options that say the same as settings. */
export const configOptions: readonly Option[] = [...targetOptions, timeout, readOnly, plain, theme, stateDir]

/** Options of a walk without a person. */
export const autoOptions: readonly Option[] = [
  { name: 'until', value: 'STEP', about: 'end behind this step, named by its id' },
  {
    name: 'answers',
    value: 'FILE',
    about: 'take these branches where only a person can choose: a YAML file of lines such as step: 2',
  },
  { name: 'max-steps', value: 'N', about: 'end with a question after so many steps' },
  { name: 'deadline', value: 'TIME', about: 'end the whole walk after this time, such as 5m' },
  {
    name: 'junit',
    value: 'FILE',
    about: 'write JUnit XML: a test case for each step, a failure for each cause',
  },
  {
    name: 'prometheus',
    value: 'FILE',
    about: 'write what was found as metrics for the node exporter’s textfile collector',
  },
]

/** Options of removing sessions. */
export const pruneOptions: readonly Option[] = [
  { name: 'older-than', value: 'AGE', about: 'prune: those not used for so long, such as 12h, 30d, 8w' },
  {
    name: 'max-size',
    value: 'SIZE',
    about: 'prune: the oldest, until the others take no more than this, such as 500MB',
  },
  {
    name: 'keep',
    value: 'N',
    about: 'prune: none of the newest N; without another limit, all but those',
  },
  { name: 'dry-run', about: 'prune: only say what would go' },
  { name: 'yes', about: 'prune: do not ask' },
]

/** Options of fire drills. */
export const drillOptions: readonly Option[] = [
  seed,
  { name: 'headless', about: 'start: without a screen, by a script' },
  {
    name: 'script',
    value: 'FILE',
    about: 'start: intents one a line: run CMD, diagnose CAUSE, hint, finish',
  },
  { name: 'shell', about: 'start: in the shell instead of the screens; triage opens them from there' },
  { name: 'practice', about: 'start: without a clock' },
  { name: 'no-timer', about: 'start: the clock runs, but is not shown' },
  { name: 'teacher', about: 'start: the word inject in its shell breaks more while the drill runs' },
  { name: 'state-dir', value: 'DIR', about: 'where scores are kept' },
]

/** The same options in the form that node:util parseArgs reads. */
export const parserOptions = (options: readonly Option[]): ParseArgsOptionsConfig =>
  Object.fromEntries(
    options.map(o => [
      o.name,
      o.value === undefined
        ? { type: 'boolean' as const }
        : { type: 'string' as const, multiple: o.repeatable === true },
    ]),
  )
