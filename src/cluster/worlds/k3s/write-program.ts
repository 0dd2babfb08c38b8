import { writeText } from '../../files/file-tree.ts'
import { baseName } from '../../files/paths.ts'
import type { Machine } from '../../world/machine.ts'

/** Writes a program outside of /usr/bin: as text it leads to the one of its name there, which the shell knows. */
export const writeProgram = (
  machine: Machine,
  path: string,
  size: { readonly paddingBytes: number; readonly mtimeMs: number },
): void => writeText(machine.files, path, { text: `/usr/bin/${baseName(path)} "$@"\n`, mode: 0o755, ...size })
