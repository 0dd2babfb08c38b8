import type { FileNode } from '../world/file-node.ts'
import { sizeOf } from './tree-totals.ts'

/** As much as anybody looks at of a file that holds nothing but room. */
const MOST_ZEROES = 4096
const isLog = (path: string): boolean => path.startsWith('/var/log/') || /\.log(\.\d+)?$/.test(path)

/** What is read of a file: its text; what was allocated and not written reads as zeroes. Of old logs only the size is known. */
export const contentOf = (node: FileNode, path: string): string =>
  node.text !== '' || isLog(path) ? node.text : '\0'.repeat(Math.min(sizeOf(node), MOST_ZEROES))
