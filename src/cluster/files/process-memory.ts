import { pagesFor } from '../relations/page-sizes.ts'
import type { Process } from '../relations/process.ts'
import { anonymousBytes, mappedBytes } from '../relations/resident-memory.ts'
import { type Sizes, sizeLines } from './size-lines.ts'

/** /proc/PID/statm, see proc(5): in pages. */
export const statmText = ({ kind, virtualBytes, memoryBytes }: Process): string => {
  if (kind === 'kernel') return '0 0 0 0 0 0 0\n'
  const [all, resident, mapped, own] = [
    virtualBytes,
    memoryBytes,
    mappedBytes(memoryBytes),
    anonymousBytes(memoryBytes),
  ].map(pagesFor)
  return `${all} ${resident} ${mapped} ${Math.round((mapped ?? 0) / 2)} 0 ${own} 0\n`
}

/** /proc/PID/smaps_rollup of kernel 5.15: what all mappings of a process come to. */
export const rollupText = ({ kind, memoryBytes }: Process): string => {
  if (kind === 'kernel') return ''
  const own = anonymousBytes(memoryBytes)
  const files = mappedBytes(memoryBytes)
  const sizes: Sizes = [
    ['Rss', own + files],
    ['Pss', own + files / 2],
    ['Pss_Anon', own],
    ['Pss_File', files / 2],
    ['Pss_Shmem', 0],
    ['Shared_Clean', files],
    ['Shared_Dirty', 0],
    ['Private_Clean', 0],
    ['Private_Dirty', own],
    ['Referenced', own + files],
    ['Anonymous', own],
    ['LazyFree', 0],
    ['AnonHugePages', 0],
    ['ShmemPmdMapped', 0],
    ['FilePmdMapped', 0],
    ['Shared_Hugetlb', 0],
    ['Private_Hugetlb', 0],
    ['Swap', 0],
    ['SwapPss', 0],
    ['Locked', 0],
  ]
  const head = '55d0c0a3f000-7ffd5b3c2000 ---p 00000000 00:00 0                          [rollup]\n'
  return `${head}${sizeLines(sizes)}`
}
