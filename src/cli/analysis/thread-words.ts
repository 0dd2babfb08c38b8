import type { Analysis, EndedCommand } from '../../session/index.ts'
import type { PackedLines } from './packed-lines.ts'

/** What an analysing thread is told: the lines of an output, a part at a time, then what else is known of the command. */
export type ToThread =
  | { readonly kind: 'lines'; readonly packed: PackedLines }
  | { readonly kind: 'analyse'; readonly ended: EndedCommand }

/** What it answers with. */
export type FromThread = Analysis
