import { bashScript } from '../local/bash-script.ts'
import { runScript } from './run-script.ts'

/** What to set up: the word that marks our lines among those of start files, and the folder of an earlier connection. */
export type Setup = { readonly nonce: string; readonly earlier: string | undefined }

/**
 * What any `sh` runs on the other machine after connecting: it makes a private folder, in memory where it can, or finds the
 * one of an earlier connection again, and prints a line `NONCE folder BASH PATH`, or `NONCE no-bash`, `NONCE no-folder`. Only
 * paths that no shell could read as more than a word are taken.
 */
export const setupScript = ({ nonce, earlier = '' }: Setup): string => `umask 077
say() { printf '\\n%s %s\\n' '${nonce}' "$1"; }
bash=$(command -v bash) || { say no-bash; exit; }
case $bash in /*) ;; *) say no-bash; exit ;; esac
if [ -n '${earlier}' ] && [ -w '${earlier}/slot' ]; then say "folder $bash ${earlier}"; exit; fi
folder=
for parent in "$XDG_RUNTIME_DIR" /dev/shm "$TMPDIR" /tmp /var/tmp "$HOME"; do
  case $parent in /*) ;; *) continue ;; esac
  case $parent in *[!A-Za-z0-9/._-]*) continue ;; esac
  folder=$(mktemp -d "$parent/runtree-XXXXXXXX" 2>/dev/null) || continue
  if { printf '%s' '${'x'.repeat(512)}' > "$folder/cwd"; } 2>/dev/null; then break; fi
  rm -rf "$folder"
  folder=
done
[ -n "$folder" ] || { say no-folder; exit; }
language=C.UTF-8
[ -z "$(LC_ALL=$language "$bash" -c : 2>&1)" ] || language=C
cat > "$folder/shell" <<'RUNTREE_END'
${bashScript}
RUNTREE_END
{ cat; echo "main $language \\"\\$@\\""; } > "$folder/run" <<'RUNTREE_END'
${runScript}
RUNTREE_END
RUNTREE_SHELL=$(cat "$folder/shell") RUNTREE_LEFT=$folder/a "$bash" --noprofile --norc -c 'eval "$RUNTREE_SHELL"' </dev/null
printf '%s\\000' "$PWD" > "$folder/cwd"
echo a > "$folder/slot"
say "folder $bash $folder"
`
