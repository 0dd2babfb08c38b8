import type { SessionStore } from '../../runtime/index.ts'

/** Prints what the operator should know of a session as it comes, and what is there already. Stops, after a last look, when the function that it gives is called. */
export const followNotices = (store: SessionStore, out: (line: string) => void): (() => void) => {
  let told = 0
  const tell = (): void => {
    const { notices } = store.getSnapshot()
    for (const notice of notices.slice(told)) out(`Notice: ${notice}`)
    told = notices.length
  }
  tell()
  const stop = store.subscribe(tell)
  return () => {
    stop()
    tell()
  }
}
