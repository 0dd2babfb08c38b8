import type { ReactNode } from 'react'
import { arrangeReading } from '../layout/arrange-reading.ts'
import { presentReading } from '../present/present-reading.ts'
import type { Moment } from '../state/moment.ts'
import { Rows } from '../widgets/rows.tsx'

/** A text that is read from top to bottom: the briefing of a drill, or its debrief. */
export const ReadingScreen = ({ moment }: { readonly moment: Moment }): ReactNode => {
  const at = arrangeReading(moment.size)
  return <Rows at={at} rows={presentReading(moment, at)} />
}
