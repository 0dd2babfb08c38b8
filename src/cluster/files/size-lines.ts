/** Sizes in bytes by their names, in order. */
export type Sizes = readonly (readonly [label: string, bytes: number])[]

/** Sizes in the form of /proc/meminfo and of a process's mappings: a line each, in kibibytes. */
export const sizeLines = (sizes: Sizes): string =>
  sizes
    .map(([label, bytes]) => `${`${label}:`.padEnd(16)}${String(Math.round(bytes / 1024)).padStart(8)} kB\n`)
    .join('')
