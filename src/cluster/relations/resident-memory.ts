import { inPages } from './page-sizes.ts'

const MIB = 1024 ** 2
const FILES_SHARE = 0.4
const MOST_FILES = 44 * MIB

/** Of the resident bytes of a process those that come from files, its program and libraries: what a large one has beyond them is its own. */
export const mappedBytes = (memoryBytes: number): number =>
  inPages(Math.min(memoryBytes * FILES_SHARE, MOST_FILES))

/** Of the resident bytes of a process those that no file stands behind. */
export const anonymousBytes = (memoryBytes: number): number =>
  Math.max(0, inPages(memoryBytes) - mappedBytes(memoryBytes))

const LEAST_TABLES = 44 * 1024
const BYTES_OF_ENTRY = 400

/** What the kernel's tables of a process's pages take. */
export const tableBytes = (memoryBytes: number): number =>
  inPages(LEAST_TABLES + memoryBytes / BYTES_OF_ENTRY)
