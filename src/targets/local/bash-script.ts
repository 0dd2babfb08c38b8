/** The variables through which a command reaches bash; bash keeps them to itself. */
export const scriptVariables = {
  script: 'RUNTREE_SHELL',
  line: 'RUNTREE_LINE',
  left: 'RUNTREE_LEFT',
} as const

/**
 * What bash is told before a command's text: afterwards, and also when the text calls exit, the working directory and the exported
 * variables go to a file, each ended by NUL, an empty one at last. Only builtins are used, so that it works where no further
 * process can be started. It keeps the exit code, and its redirections hide it from a trace that the text has switched on.
 */
export const bashScript = `export -n RUNTREE_SHELL RUNTREE_LINE RUNTREE_LEFT
__runtree_leave() {
  local __runtree_status=$? __runtree_name
  local -
  set +eufxvn
  if [ -n "$RUNTREE_LEFT" ]; then
    builtin compgen -e >| "$RUNTREE_LEFT.names"
    {
      builtin pwd
      builtin printf '\\0'
      while IFS= builtin read -r __runtree_name; do
        [ -n "\${!__runtree_name+x}" ] && builtin printf '%s=%s\\0' "$__runtree_name" "\${!__runtree_name}"
      done < "$RUNTREE_LEFT.names"
      builtin printf '\\0'
    } >| "$RUNTREE_LEFT"
  fi
  return $__runtree_status
}
trap '{ __runtree_leave; } >/dev/null 2>&1' EXIT`

// The text is evaluated on the first line, so that bash counts the lines of its messages as the text does.
const steps = 'eval "$RUNTREE_SHELL"; eval "$RUNTREE_LINE"; { __runtree_leave; } >/dev/null 2>&1'

/** The arguments that make bash run a command. Its text is not among them, so that ps and pgrep do not find it there. */
export const bashArguments: readonly string[] = ['--noprofile', '--norc', '-c', steps, 'bash']
