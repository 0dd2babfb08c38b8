import type { ReactNode } from 'react'
import { arrangeHome, introRoom } from '../layout/arrange-home.ts'
import { clamp } from '../layout/window-rows.ts'
import { presentHome } from '../present/present-home.ts'
import { presentIntro } from '../present/present-intro.ts'
import { presentPreview } from '../present/present-preview.ts'
import { presentSections } from '../present/present-sections.ts'
import { row } from '../present/span.ts'
import { hiddenAt, homeFolds } from '../scene/home-folds.ts'
import type { Moment } from '../state/moment.ts'
import { glyphs } from '../theme/glyphs.ts'
import { Rows } from '../widgets/rows.tsx'

/** What can be opened, and what the chosen entry is about. */
export const HomeScreen = ({ moment }: { readonly moment: Moment }): ReactNode => {
  const { home, ui, size, services } = moment
  const said = presentIntro(moment, introRoom(size))
  const { intro, sections, list, preview, divider } = arrangeHome(size, said.length)
  const selected = clamp(ui.homeChoice, 0, home.length - 1)
  const folds = homeFolds(home, ui.homeOpen)
  const bar = Array.from({ length: divider?.height ?? 0 }, () => row(glyphs.vertical, 'rule'))
  const { width, height } = list
  const previewed = hiddenAt(folds, selected) === undefined ? home[selected] : undefined
  return (
    <>
      <Rows at={intro} rows={said} />
      <Rows at={sections} rows={[presentSections({ entries: home, selected, width: sections.width })]} />
      <Rows at={list} rows={presentHome({ entries: home, folds, selected, keys: services, width, height })} />
      {divider === undefined ? null : <Rows at={divider} rows={bar} />}
      {preview === undefined ? null : (
        <Rows at={preview} rows={presentPreview(previewed, services, preview.width)} />
      )}
    </>
  )
}
