import type { ReactNode } from 'react'
import { isTooSmall } from '../layout/rectangle.ts'
import { presentFooter } from '../present/present-footer.ts'
import { presentHeader } from '../present/present-header.ts'
import { formatDuration } from '../present/words.ts'
import { worthTellingMs } from '../scene/progress.ts'
import type { Moment } from '../state/moment.ts'
import { OverlayBox } from '../widgets/overlay-box.tsx'
import { Rows } from '../widgets/rows.tsx'
import { HomeScreen } from './home-screen.tsx'
import { TooSmallScreen, WaitingScreen } from './plain-screens.tsx'
import { ReadingScreen } from './reading-screen.tsx'
import { StepScreen } from './step-screen.tsx'

/** With the time, once it is worth a word. */
const waitedText = (text: string, { waitingSince, services }: Moment): string => {
  const waitedMs = services.now() - (waitingSince ?? services.now())
  return waitedMs < worthTellingMs ? text : `${text} ${formatDuration(waitedMs)}`
}

const Body = ({ moment }: { readonly moment: Moment }): ReactNode => {
  const { ui, scene, size } = moment
  if (ui.place.kind === 'home') return <HomeScreen moment={moment} />
  if (ui.place.kind === 'waiting')
    return <WaitingScreen size={size} text={waitedText(ui.place.text, moment)} />
  if (ui.place.kind !== 'step') return <ReadingScreen moment={moment} />
  return scene === undefined ? null : <StepScreen moment={{ ...moment, scene }} />
}

/** Everything that is on the screen at a moment. */
export const Screen = ({ moment }: { readonly moment: Moment }): ReactNode => {
  const { size, ui } = moment
  if (isTooSmall(size)) return <TooSmallScreen size={size} />
  const footer = presentFooter(moment)
  const bar = { x: 0, width: size.columns, height: 1 }
  return (
    <>
      <Rows at={{ ...bar, y: 0 }} rows={[presentHeader(moment)]} />
      <Body moment={moment} />
      {ui.overlay === undefined ? null : <OverlayBox overlay={ui.overlay} moment={moment} />}
      <Rows at={{ ...bar, y: size.rows - footer.length, height: footer.length }} rows={footer} />
    </>
  )
}
