import { markerName } from './job.ts'

/**
 * What the watchdog runs: it reads which job runs, a line `GROUP MARKER` or an empty one for none, until its input ends, which
 * happens whenever its owner is gone, however that went. Then it ends the job as the owner would have, and removes the folder.
 * Group 0 stands for a job that has no group of its own.
 */
export const watchdogScript = `
group= marker=
while IFS=' ' read -r next_group next_marker; do group=$next_group marker=$next_marker; done
find_members() {
  members=()
  local file entry
  for file in /proc/[0-9]*/environ; do
    while IFS= read -r -d '' entry; do
      [ "$entry" = "${markerName}=$marker" ] || continue
      file=\${file#/proc/}
      members+=("\${file%/environ}")
      break
    done <"$file"
  done
  if [ "$group" != 0 ] && kill -0 -- "-$group"; then members+=("-$group"); fi
}
stop_with() {
  find_members
  [ \${#members[@]} -gt 0 ] && kill "-$1" -- "\${members[@]}" && kill -CONT -- "\${members[@]}"
}
{
  if [ -n "$marker" ]; then
    stop_with TERM
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
      command -p sleep 0.1
      find_members
      [ \${#members[@]} -gt 0 ] || break
    done
    stop_with KILL
  fi
  [ -z "$RUNTREE_FOLDER" ] || command -p rm -rf -- "$RUNTREE_FOLDER"
} 2>/dev/null
`
