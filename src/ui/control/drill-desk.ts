import type { DrillEnd, OpenDrill } from '../drill-port.ts'

/** The one drill that is being done, and how those before it ended. */
export type DrillDesk = {
  readonly current: () => OpenDrill | undefined
  readonly take: (drill: OpenDrill) => void
  /** Gives the drill up, if there is one. */
  readonly leave: () => Promise<void>
  /** Ends the drill with its debrief. */
  readonly finish: () => Promise<DrillEnd | undefined>
  readonly ends: () => readonly DrillEnd[]
}

/** A desk that tells `onChange` whenever the drill changes. */
export const createDrillDesk = (onChange: () => void): DrillDesk => {
  const ends: DrillEnd[] = []
  let open: { readonly drill: OpenDrill; readonly unsubscribe: () => void } | undefined
  const leave = async (): Promise<void> => {
    const left = open
    open = undefined
    left?.unsubscribe()
    await left?.drill.close()
  }
  return {
    current: () => open?.drill,
    take: drill => {
      open = { drill, unsubscribe: drill.subscribe(onChange) }
      onChange()
    },
    leave,
    finish: async () => {
      const end = await open?.drill.finish()
      if (end !== undefined) ends.push(end)
      await leave()
      return end
    },
    ends: () => ends,
  }
}
