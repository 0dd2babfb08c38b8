/** The bytes of a page of memory. */
export const PAGE_BYTES = 4096

/** What pages hold that are enough for so many bytes. */
export const inPages = (bytes: number): number => Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES

/** How many pages are enough for so many bytes. */
export const pagesFor = (bytes: number): number => Math.ceil(bytes / PAGE_BYTES)
