import type { ReactNode } from 'react'
import { type Size, smallestSize } from '../layout/rectangle.ts'
import { row } from '../present/span.ts'
import { wrapText } from '../present/wrap-row.ts'
import { Rows } from '../widgets/rows.tsx'

/** What is said on a screen that is too small for anything else. */
export const TooSmallScreen = ({ size }: { readonly size: Size }): ReactNode => {
  const { columns, rows } = smallestSize
  const text = `This terminal is ${size.columns}×${size.rows}. runtree needs ${columns}×${rows}. Make it larger, or press q to leave.`
  return (
    <Rows at={{ x: 0, y: 0, width: size.columns, height: size.rows }} rows={wrapText(text, size.columns)} />
  )
}

/** A sentence in the middle while something is waited for. */
export const WaitingScreen = ({ size, text }: { readonly size: Size; readonly text: string }): ReactNode => (
  <Rows
    at={{ x: 2, y: Math.floor(size.rows / 2), width: size.columns - 4, height: 1 }}
    rows={[row(text, 'dim')]}
  />
)
