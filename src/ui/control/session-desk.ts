import type { SessionStore } from '../../runtime/index.ts'
import type { CloseStatus } from '../../session/index.ts'

/** The one session that is open, and all that were. */
export type SessionDesk = {
  readonly current: () => SessionStore | undefined
  readonly take: (store: SessionStore) => void
  /** Closes what is open and waits until it is closed. */
  readonly leave: (status: CloseStatus) => Promise<void>
  readonly all: () => readonly SessionStore[]
}

/** A desk that tells `onChange` whenever the open session changes. */
export const createSessionDesk = (onChange: () => void): SessionDesk => {
  const stores: SessionStore[] = []
  let open: { readonly store: SessionStore; readonly unsubscribe: () => void } | undefined
  return {
    current: () => open?.store,
    take: store => {
      open?.unsubscribe()
      open = { store, unsubscribe: store.subscribe(onChange) }
      stores.push(store)
    },
    leave: async status => {
      const left = open
      open = undefined
      left?.unsubscribe()
      await left?.store.close(status)
    },
    all: () => stores,
  }
}
