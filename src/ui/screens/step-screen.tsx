import type { ReactNode } from 'react'
import type { Pane } from '../layout/arrange-step.ts'
import type { Rectangle } from '../layout/rectangle.ts'
import { presentDivider } from '../present/present-divider.ts'
import { presentStepRule } from '../present/present-rules.ts'
import { presentPane, type StepMoment } from '../present/present-step.ts'
import { Rows } from '../widgets/rows.tsx'

/** A step: what to look at, its commands, what they printed, what that means, and where to go. */
export const StepScreen = ({ moment }: { readonly moment: StepMoment }): ReactNode => {
  const { layout } = moment.scene
  const panes = Object.entries(layout.panes) as readonly [Pane, Rectangle][]
  return (
    <>
      {layout.divider === undefined ? null : <Rows at={layout.divider} rows={presentDivider(layout)} />}
      {layout.rules.map(rule => (
        <Rows key={rule.pane} at={{ ...rule, height: 1 }} rows={[presentStepRule(moment, rule)]} />
      ))}
      {panes.map(([pane, room]) => (
        <Rows key={pane} at={room} rows={presentPane(moment, pane, room)} />
      ))}
    </>
  )
}
