import type { DrillReport, DrillReportEntry } from '../../drill/types.ts'
import { wordEntry } from '../../drill/word-entry.ts'
import { wordClock } from '../../word-times.ts'
import { chip, e } from '../elements.ts'

type Line = Extract<DrillReportEntry, { type: 'line-run' }>

const showChips = (shows: readonly string[]): readonly string[] =>
  shows.map(cause => chip(`shows ${cause}`, 'bad'))

const lineChips = ({ effect, exit, shows }: Line): string =>
  [
    ...(effect === 'read' ? [] : [chip(effect, effect === 'destructive' ? 'bad' : 'warn')]),
    ...(exit === 0 ? [] : [chip(`exit ${exit}`)]),
    ...showChips(shows),
  ].join('')

const kindOf = (entry: DrillReportEntry): string => {
  if (entry.type === 'cause-named') return entry.isRight ? 'good' : 'bad'
  if (entry.type === 'finished') return entry.isRepaired ? 'good' : 'bad'
  return ''
}

const row = (mark: string, what: string, chips: string): string =>
  `<li><span class="dim">${mark}</span><div>${what}${chips === '' ? '' : `<div class="chips">${chips}</div>`}</div></li>`

const ownRow = (entry: DrillReportEntry): string =>
  entry.type === 'line-run'
    ? row(wordClock(entry.afterSeconds), `<code>${e(entry.line)}</code>`, lineChips(entry))
    : row(
        wordClock(entry.afterSeconds),
        `<span class="${kindOf(entry)}">${e(wordEntry(entry) ?? '')}</span>`,
        '',
      )

const shortRow = ({ line, shows, wasRun }: DrillReport['shortPath'][number]): string =>
  row(
    wasRun ? '<span class="good" title="You ran it too">✓</span>' : '',
    `<code>${e(line)}</code>`,
    showChips(shows).join(''),
  )

/** The trainee's path beside the short one. */
export const drillPaths = ({ path, shortPath }: DrillReport): string =>
  `<div class="paths"><div><h3>Yours</h3><ol class="trail">${path.map(ownRow).join('')}</ol></div><div><h3>The short one <span class="dim">✓ you ran it too</span></h3><ol class="trail">${shortPath.map(shortRow).join('')}</ol></div></div>`
