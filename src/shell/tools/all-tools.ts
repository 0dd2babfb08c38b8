import type { Tools } from '../tool.ts'
import { containers } from './containers.ts'
import { files } from './files.ts'
import { kubernetes } from './kubernetes.ts'
import { network } from './network.ts'
import { shells } from './shells.ts'
import { stores } from './stores.ts'
import { system } from './system.ts'
import { text } from './text.ts'
import { wrappers } from './wrappers.ts'

/** Every table of tools, one a family. */
export const toolTables: readonly Tools[] = [
  text,
  files,
  system,
  network,
  kubernetes,
  containers,
  stores,
  shells,
  wrappers,
]
