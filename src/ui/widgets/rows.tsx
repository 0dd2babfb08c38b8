import { Box } from 'ink'
import type { ReactNode } from 'react'
import type { Rectangle } from '../layout/rectangle.ts'
import type { Row } from '../present/span.ts'
import { useDraw } from './drawing.ts'
import { Line } from './line.tsx'

/** What stands where on the screen. */
export type RowsProps = { readonly at: Rectangle; readonly rows: readonly Row[] }

/**
 * Rows at a place of the screen; what does not fit there is not drawn. The rows themselves are cut, not the box: a box that hides
 * what overflows makes Ink slice every line of every frame anew.
 */
export const Rows = ({ at, rows }: RowsProps): ReactNode => {
  const draw = useDraw()
  return (
    <Box
      position="absolute"
      left={at.x}
      top={at.y}
      width={at.width}
      height={at.height}
      flexDirection="column"
    >
      {rows.slice(0, at.height).map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen; keys by content would remount every row of a scrolling output
        <Line key={index} text={draw(row)} />
      ))}
    </Box>
  )
}
