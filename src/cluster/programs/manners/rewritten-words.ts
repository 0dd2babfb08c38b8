import type { Program } from '../../shell/program.ts'
import { shellClock, shellTime } from './shell-clock.ts'
import { shellConnect } from './shell-connect.ts'
import { shellFolders } from './shell-folders.ts'

/** What stands in a script for what the interpreter would ask of the real machine, or lacks; see shell/rewrite.ts. */
export const rewrittenWords: readonly Program[] = [shellClock, shellConnect, shellFolders, shellTime]
