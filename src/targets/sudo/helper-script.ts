/**
 * What sudo runs, as bash and as root, once the operator has given the password on the terminal: it serves the commands that the
 * session's own shells hand over with `sudo`, from a fifo in a folder of the operator's that nobody else can enter. Each is run by the
 * real sudo, which asks root for nothing, with the files and the folder of the shell that asked, and is ended when that shell is
 * gone. It ends itself with its folder, or with the process that the session hangs on: runtree here, the connection's sshd elsewhere.
 */
export const helperScript = `
folder=$1 owner=$2 sudo=$(type -P sudo)
end_with_shell() {
  while [ -d "/proc/$1" ]; do sleep 0.2; done
  kill -TERM -- "-$2"
  for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 -- "-$2" || return; sleep 0.2; done
  kill -KILL -- "-$2"
}
serve() {
  local shell=$1 job=$2 child watcher status words
  mapfile -d '' -t words < "$folder/$job.words"
  cd -P "/proc/$shell/cwd" 2>/dev/null
  setsid "$sudo" -n "\${words[@]}" <"/proc/$shell/fd/0" >>"/proc/$shell/fd/1" 2>>"/proc/$shell/fd/2" &
  child=$!
  end_with_shell "$shell" "$child" &
  watcher=$!
  wait "$child"
  status=$?
  kill "$watcher"
  rm -f "$folder/$job.words"
  [ ! -p "$folder/$job" ] || echo "$status" 1<>"$folder/$job"
}
exec 3<>"$folder/ask"
: > "$folder/ready"
while [ -d "/proc/$owner" ] && [ -p "$folder/ask" ]; do
  read -r -t 2 -u 3 shell job || continue
  case $shell$job in '' | *[!0-9a-z-]*) continue ;; esac
  serve "$shell" "$job" </dev/null >/dev/null 2>&1 &
done
rm -rf "$folder"
`

/**
 * What stands in a command's shell for sudo while a helper serves it. The helper takes the files of that shell as they are when it is
 * asked: so none of them is redirected meanwhile. What the command wrote to a plain file is written after by the shell, too.
 */
export const clientFunction = (folder: string): string =>
  [
    'sudo() {',
    `if ! [ -e '${folder}/ready' ]; then echo "sudo: a password is required" >&2; return 1; fi;`,
    `local shell=$BASHPID job="$BASHPID-$RANDOM$RANDOM" status=1 answer;`,
    `mkfifo -m 600 '${folder}/'"$job" || return;`,
    `printf '%s\\0' "$@" > '${folder}/'"$job.words";`,
    `exec {answer}<>'${folder}/'"$job";`,
    `(echo "$shell $job" > '${folder}/ask');`,
    `read -r -u "$answer" status; exec {answer}<&-; command rm -f '${folder}/'"$job";`,
    `[ ! -f "/proc/$shell/fd/1" ] || exec >>"/proc/$shell/fd/1";`,
    `[ ! -f "/proc/$shell/fd/2" ] || exec 2>>"/proc/$shell/fd/2";`,
    'return "$status"; }; export -f sudo; ',
  ].join(' ')
