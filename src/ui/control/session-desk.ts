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

/** What happened on the desk: another session lies there, or something changed in the one that does. */
export type DeskChange = 'new' | 'changed'

/** A desk that tells `onChange` whenever the open session changes. */
export const createSessionDesk = (onChange: (change: DeskChange) => void): SessionDesk => {
  const stores: SessionStore[] = []
  let open: { readonly store: SessionStore; readonly unsubscribe: () => void } | undefined
  return {
    current: () => open?.store,
    take: store => {
      open?.unsubscribe()
      open = { store, unsubscribe: store.subscribe(() => onChange('changed')) }
      stores.push(store)
      onChange('new')
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
