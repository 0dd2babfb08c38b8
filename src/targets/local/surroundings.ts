/** What a command finds around it and may leave changed to the next one: exported variables and the working directory. */
export type Surroundings = { readonly env: Readonly<Record<string, string>>; readonly cwd: string }

/** Set for every command whose output is captured: one language, no pagers, no terminal. */
const captured: Readonly<Record<string, string>> = {
  LC_ALL: 'C.UTF-8',
  PAGER: 'cat',
  MANPAGER: 'cat',
  GIT_PAGER: 'cat',
  SYSTEMD_PAGER: 'cat',
  TERM: 'dumb',
}

// What bash keeps for itself, and what we set anew for each command.
const own = /^(?:_|PWD|SHLVL|PPID|UID|EUID|SHELLOPTS|BASHOPTS|BASH_.*|RUNTREE_(?:SHELL|LINE|LEFT|RUN))$/
const identifier = /^[A-Za-z_]\w*$/

const isCarried = (name: string): boolean => !own.test(name) && !(name in captured)

const pick = (
  env: Readonly<Record<string, string>>,
  test: (name: string) => boolean,
): Record<string, string> => Object.fromEntries(Object.entries(env).filter(([name]) => test(name)))

/** The environment of a command whose output is captured. */
export const capturedEnvironment = ({ env, cwd }: Surroundings): Readonly<Record<string, string>> => ({
  ...env,
  ...captured,
  PWD: cwd,
})

/** The environment of a command on the real terminal: the operator's own pager, language and kind of terminal. */
export const terminalEnvironment = ({ env, cwd }: Surroundings): Readonly<Record<string, string>> => ({
  ...env,
  PWD: cwd,
})

/** The surroundings that a command left, as bash wrote them down; `undefined` when it did not come to the end of that. */
const parseLeft = (text: string): Surroundings | undefined => {
  if (!text.endsWith('\0\0')) return undefined
  const [cwd = '', ...assignments] = text.slice(0, -2).split('\0')
  const env = assignments.map(assignment => {
    const equals = assignment.indexOf('=')
    return [assignment.slice(0, equals), assignment.slice(equals + 1)]
  })
  return { cwd: cwd.replace(/\n$/, ''), env: Object.fromEntries(env) }
}

/**
 * The surroundings for the next command. Variables with names that bash cannot export stay as they were, and so do those that are
 * set anew for each command.
 */
export const carrySurroundings = (before: Surroundings, left: string): Surroundings => {
  const after = parseLeft(left)
  if (after === undefined) return before
  const kept = pick(before.env, name => !identifier.test(name) || !isCarried(name))
  return { cwd: after.cwd, env: { ...kept, ...pick(after.env, isCarried) } }
}
