import { accessError } from '../../files/access.ts'
import { textOfBytes } from '../../files/bytes.ts'
import { contentOf } from '../../files/content-of.ts'
import { deviceBytes } from '../../files/devices.ts'
import { findNode } from '../../files/look-up.ts'
import { resolvePath } from '../../files/paths.ts'
import { deviceError } from '../../files/write-refusal.ts'
import type { Call } from '../../shell/program.ts'

/** The text of a file that a program was given, or the error in the words of libc. */
export const readFileText = (
  call: Call,
  word: string,
): { readonly text: string } | { readonly error: string } => {
  const path = resolvePath(call.cwd, word)
  const piped = call.pipes?.get(path)
  if (piped !== undefined) return { text: piped }
  if (path === '/dev/stdin') return { text: call.stdin }
  const bytes = deviceBytes(call.world, path)
  if (bytes !== undefined) return { text: textOfBytes(bytes) }
  const broken = deviceError(call.machine, path)
  if (broken !== undefined) return { error: broken.text }
  const node = findNode(call, path, 'links')
  if (node === undefined) return { error: 'No such file or directory' }
  if (node.kind === 'directory') return { error: 'Is a directory' }
  const refused = accessError(call, path, 'read')
  if (refused !== undefined) return { error: refused.text }
  return { text: contentOf(node, path) }
}
