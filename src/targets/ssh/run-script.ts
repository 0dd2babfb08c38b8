import { markerName } from '../process/job.ts'

/**
 * What runs on the other machine, as bash. It is kept in a private folder there, beside `shell` (what each command's own bash
 * is told first) and two slots `a` and `b` for the exported variables that a command left; `slot` names the valid one and `cwd`
 * holds the working directory.
 *
 * A request is a line `NONCE MARKER CWD-LENGTH LINE-LENGTH`, then the folder and the text, lengths in bytes. `captured` takes
 * requests from its channel, one after another. While a command runs, anything that comes there, or the end of the channel, stops it.
 * Each stream begins with NUL, the nonce, ` begin` and a newline, and ends in the same way with ` end STATUS`: so what start
 * files print before and what is written late are told apart, and an exit code of 255 from a failure of ssh. Then ` ready`
 * follows on the first stream, unless a process of the command is left that could write between the next one's lines. `terminal`
 * takes one request from a file, because the channel is the terminal there; `stop` ends such a command. Each process is asked to
 * end once, and again only if it does not catch the signal and lives yet: a shell that forks just then loses it.
 */
export const runScript = `
is_carried() {
  case $1 in
    '' | _ | PWD | SHLVL | PPID | UID | EUID | SHELLOPTS | BASHOPTS | BASH_* | RUNTREE_SHELL | RUNTREE_LINE | RUNTREE_LEFT | ${markerName}) return 1 ;;
    LC_ALL | PAGER | MANPAGER | GIT_PAGER | SYSTEMD_PAGER | TERM) return 1 ;;
  esac
}
group_lives() {
  [ "$1" != 0 ] && kill -0 -- "-$1" || return 1
  [ ! -r /proc/self/stat ] || command -p grep -qsE "^[0-9]+ [(].*[)] [^ZXx] [0-9]+ $1 " /proc/[0-9]*/stat
}
find_members() {
  members=()
  if group_lives "$1"; then members+=("-$1"); fi
  [ -n "$2" ] || return 0
  local file
  for file in $(command -p grep -lsF "${markerName}=$2" /proc/[0-9]*/environ); do
    file=\${file#/proc/}
    members+=("\${file%/environ}")
  done
}
is_in_group() {
  local stat state parent group rest
  read -r stat < "/proc/$1/stat" && read -r state parent group rest <<< "\${stat##*) }" && [ "$group" = "$2" ]
}
leaves_term_to_kernel() {
  local field mask
  while read -r field mask; do
    case $field in SigIgn: | SigCgt:) [ $((0x$mask & 0x4000)) -eq 0 ] || return ;; esac
  done < "/proc/$1/status"
}
signal_until_gone() {
  local told=' ' member pause
  for pause in $4; do
    find_members "$1" "$2"
    [ \${#members[@]} -gt 0 ] || return 0
    for member in "\${members[@]}"; do
      case $told in
        *" $member "*) leaves_term_to_kernel "$member" || continue ;;
        *) ! is_in_group "$member" "$1" || leaves_term_to_kernel "$member" || continue ;;
      esac
      told="$told$member "
      kill "-$3" -- "$member"
      kill -CONT -- "$member"
    done
    command -p sleep "$pause"
  done
  find_members "$1" "$2"
  [ \${#members[@]} -eq 0 ]
}
stop_job() {
  signal_until_gone "$1" "$2" TERM '0.01 0.03 0.06 0.1 0.2 0.3 0.4 0.4 0.5' ||
    signal_until_gone "$1" "$2" KILL '0.02 0.08 0.2'
}
settle_rest() {
  local pause
  for pause in 0.01 0.02 0.02 0.05 0.05 0.05 0.05; do
    kill -0 -- "-$1" || return 0
    command -p sleep "$pause"
  done
  stop_job "$1" ''
}
read_request() {
  local LC_ALL=C cwd_length line_length
  read -r -u 3 nonce marker cwd_length line_length || exit 1
  IFS= read -r -u 3 -N "$cwd_length" own_cwd
  IFS= read -r -u 3 -N "$line_length" line
  IFS= read -r -d '' shell < "$folder/shell"
  read -r slot < "$folder/slot"
  case $slot in a) next=b ;; *) next=a ;; esac
  : >| "$folder/$next"
}
enter_folder() {
  IFS= read -r -d '' cwd < "$folder/cwd"
  case $own_cwd in '') ;; /*) cwd=$own_cwd ;; *) cwd=$cwd/$own_cwd ;; esac
  [ -d "$cwd" ] && cd -- "$cwd" && return
  [ -n "$own_cwd" ] || printf '%s\\0' "\${start:-/}" >| "$folder/cwd"
  return 1
}
clear_environment() {
  compgen -e >| "\${0%/*}/names"
  mapfile -t __runtree_names < "\${0%/*}/names"
  for __runtree_name in "\${__runtree_names[@]}"; do
    if is_carried "$__runtree_name"; then unset -v "$__runtree_name"; fi
  done
}
read_entries() {
  __runtree_entries=()
  mapfile -d '' -t __runtree_entries < "$1" && return
  while IFS= read -r -d '' __runtree_entry; do __runtree_entries+=("$__runtree_entry"); done < "$1"
}
run_bash() {
  RUNTREE_SHELL=$shell RUNTREE_LINE=$line RUNTREE_LEFT=$folder/$next ${markerName}=$marker
  export RUNTREE_SHELL RUNTREE_LINE RUNTREE_LEFT ${markerName} PWD
  read_entries "$folder/$slot"
  for __runtree_entry in "\${__runtree_entries[@]:1}"; do
    if is_carried "\${__runtree_entry%%=*}"; then export "$__runtree_entry"; fi
  done
  exec "$BASH" --noprofile --norc -c 'eval "$RUNTREE_SHELL"; eval "$RUNTREE_LINE"; { __runtree_leave; } >/dev/null 2>&1' bash
}
keep_left() {
  [ "$1" -le 128 ] || [ "$1" -gt 192 ] || return
  read_entries "$folder/$next"
  local count=\${#__runtree_entries[@]}
  [ "$count" -gt 1 ] && [ -z "\${__runtree_entries[count - 1]}" ] || return
  printf '%s\\n' "$next" >| "$folder/slot"
  [ -n "$own_cwd" ] || printf '%s\\0' "\${__runtree_entries[0]%$'\\n'}" >| "$folder/cwd"
}
tell() {
  printf '\\0%s %s\\n' "$nonce" "$1"
  printf '\\0%s %s\\n' "$nonce" "$1" >&4
}
watch() {
  read -r -u 3
  trap '' TERM
  stop_job "$group" "$marker"
}
run_captured() {
  read_request
  tell begin
  enter_folder || { tell 'end no-folder'; return; }
  set -m
  {
    export LC_ALL=$language PAGER=cat MANPAGER=cat GIT_PAGER=cat SYSTEMD_PAGER=cat TERM=dumb
    run_bash
  } 3<&- 2>&4 4>&- &
  group=$!
  set +m
  watch >/dev/null 4>&- &
  watcher=$!
  wait "$group"
  status=$?
  if kill -0 -- "-$group"; then settle_rest "$group"; fi
  kill "$watcher"
  wait "$watcher"
  [ $? -ne 143 ] || keep_left "$status"
  tell "end $status"
}
serve() {
  exec 3<&0 </dev/null 4>&2 2>/dev/null
  while :; do
    run_captured
    find_members 0 "$marker"
    [ \${#members[@]} -eq 0 ] || exit
    printf '\\0%s ready\\n' "$nonce"
  done
}
run_on_terminal() {
  trap : INT QUIT
  exec 3<"$folder/request"
  read_request
  enter_folder || exit 1
  (exec 3<&-; run_bash)
  status=$?
  keep_left "$status"
  printf '%s %s\\n' "$marker" "$status" >| "$folder/status"
  exit "$status"
}
main() {
  set -- "$HOME" "$@"
  clear_environment
  start=$1 language=$2 mode=$3 marker=$4 folder=\${0%/*}
  case $mode in
    captured) serve ;;
    terminal) run_on_terminal ;;
    stop) stop_job 0 "$marker" ;;
  esac
}
`
