import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freshFolder } from './program.ts'

/**
 * An environment in which the program's ssh reads this configuration in place of the operator's own, which ssh finds by the
 * user's entry and not by HOME. A state folder of its own comes with it.
 */
export const environmentWithSsh = (configFile: string): NodeJS.ProcessEnv => {
  const folder = freshFolder()
  const script = [
    '#!/bin/sh',
    'case "$*" in *"-F none"*) exec /usr/bin/ssh "$@" ;; esac',
    `exec /usr/bin/ssh -F ${configFile} "$@"`,
    '',
  ].join('\n')
  writeFileSync(join(folder, 'ssh'), script, { mode: 0o755 })
  return { ...process.env, PATH: `${folder}:${process.env.PATH}`, HOME: folder, XDG_STATE_HOME: folder }
}
