import { quoteWord } from '../../shell/index.ts'
import { helperScript } from './helper-script.ts'

/** Tells whether a command calls sudo, as far as its text shows. */
export const callsSudo = (line: string): boolean => /(?:^|[\s;|&(`{!'"])sudo\s+[^\s&|;]/.test(line)

/** Asks without a password how things stand with sudo: a word on the first line, then what sudo said. */
export const probeLine = `if [ "$(id -u)" = 0 ]; then if type -P sudo >/dev/null; then echo root; else echo bare-root; fi
elif ! type -P sudo >/dev/null; then echo absent
elif said=$(LC_ALL=C command sudo -n -v 2>&1); then echo free
elif LC_ALL=C command sudo -n -l 2>/dev/null | grep -q NOPASSWD; then echo mixed
else echo told; printf '%s\\n' "$said"; fi`

/** Makes the folder of a helper, in memory where it can, and prints its path. */
export const folderLine = `for parent in "$XDG_RUNTIME_DIR" /dev/shm /tmp; do
  case $parent in /*) ;; *) continue ;; esac
  folder=$(umask 077; mktemp -d "$parent/runtree-sudo-XXXXXXXX" 2>/dev/null) || continue
  mkfifo -m 600 "$folder/ask" && echo "$folder" && break
done`

/** Lets sudo ask on the terminal and start the helper, which outlives the terminal but not the session. */
export const startLine = (folder: string): string => `owner=$PPID
while [ "$owner" -gt 1 ] && [ "$(cat "/proc/$owner/comm")" = bash ]; do owner=$(ps -o ppid= -p "$owner" | tr -d ' '); done
echo 'This session needs root here. sudo asks now; what it starts runs the commands that begin with sudo, and ends with the session.'
sudo /bin/bash -c 'setsid /bin/bash -c "$1" runtree-sudo "$2" "$3" </dev/null >/dev/null 2>&1 & sleep 0.2' runtree ${quoteWord(helperScript)} ${quoteWord(folder)} "$owner"`

/** Prints \`ready\` when the helper of a folder serves. */
export const readyLine = (folder: string): string =>
  `for _ in 1 2 3 4 5 6 7 8 9 10; do if [ -e ${quoteWord(folder)}/ready ]; then echo ready; break; fi; sleep 0.1; done`

/** Stands for sudo where it is not installed and root needs none: options are dropped, other users are changed to. */
export const bareRootFunction = `sudo() { local user=; \
while :; do case $1 in \
-u|--user) user=$2; shift 2 ;; -u?*) user=\${1#-u}; shift ;; --user=*) user=\${1#*=}; shift ;; \
-g|-p|-C|-h|-r|-t|-T|-D|-R|-U) shift 2 ;; --) shift; break ;; -i|-s) shift; [ $# -gt 0 ] || set -- bash ;; \
-v|-k|-K) return 0 ;; -*) shift ;; *) break ;; esac; done; \
if [ -n "$user" ] && [ "$user" != root ]; then command runuser -u "$user" -- env "$@"; else command env "$@"; fi; }; \
export -f sudo; `
