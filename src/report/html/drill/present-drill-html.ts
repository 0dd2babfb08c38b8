import type { DrillReport, DrillReportCause } from '../../drill/types.ts'
import { wordInstant, wordSpan } from '../../word-times.ts'
import { chip, contents, e, list, section, terms, texts } from '../elements.ts'
import { page } from '../page.ts'
import { percent } from '../time-chart.ts'
import { drillPaths } from './drill-paths.ts'
import { drillTimeline } from './drill-timeline.ts'
import { scoreRing } from './score-ring.ts'

const header = (report: DrillReport): string => {
  const { drill, trainee, finishedAt, seconds, isTimed, isRepaired, seed } = report
  const [kind, word] = isRepaired ? ['good', 'repaired'] : ['bad', 'not repaired']
  return `<header><p class="kicker">Fire drill</p><h1>${e(drill.title)} <span class="status ${kind}">${word}</span></h1>${terms(
    [
      ['trainee', e(trainee)],
      ['finished', `${wordInstant(finishedAt)} UTC`],
      ['took', `${wordSpan(seconds)}${isTimed ? `, par ${drill.parMinutes} min` : ', without a clock'}`],
      ['drill', `<code>${e(drill.name)}</code>`],
      ['level', `${drill.level} of 4`],
      ['layer', drill.layer],
      ['seed', `${seed}`],
    ],
  )}</header>`
}

const part = ({ name, points, of, because }: DrillReport['parts'][number]): string => {
  const full = of > 0 ? percent(Math.max(0, points) / of) : 0
  const bar = of > 0 ? `<i><b style="width:${full}%"></b></i>` : '<span></span>'
  return `<strong>${name}</strong>${bar}<span>${points}${of > 0 ? ` of ${of}` : ''}</span><p class="why">${e(because)}</p>`
}

const scoreBody = ({ points, parts, summary }: DrillReport): string =>
  `<div class="score">${scoreRing(points)}<div class="parts">${parts.map(part).join('')}</div></div>${texts(summary.slice(1))}`

const causeCard = ({ id, title, meaning, wasNamed }: DrillReportCause): string =>
  `<article class="cause"><h3>${e(title)} <code class="dim">${e(id)}</code></h3><p class="chips">${wasNamed ? chip('named', 'good') : chip('not named')}</p><p>${e(meaning)}</p></article>`

/** A drill's report as one page that needs nothing but itself. */
export const presentDrillHtml = (report: DrillReport): string => {
  const { drill, points, causes, wrongCauses, missedEvidence, hints, harm } = report
  const wrong = wrongCauses.map(cause => `<code>${e(cause)}</code> was named and is not what was wrong`)
  const sections = [
    section('score', 'Score', scoreBody(report)),
    section('story', 'The story', `<p class="story">${e(drill.story)}</p>`),
    section('cause', 'The cause', causes.map(causeCard).join('') + list(wrong)),
    section('timeline', 'What was done when', drillTimeline(report)),
    section('paths', 'The paths', drillPaths(report)),
    section(
      'missed',
      'What would have shown it',
      list(missedEvidence.map(line => `<code>${e(line)}</code>`)),
    ),
    section('hints', 'Hints taken', texts(hints)),
    section('harm', 'What was harmed', texts(harm)),
  ]
  const footer = `<footer>${e(report.tool)}, record ${e(report.id)}. The cluster was simulated.</footer>`
  return page(
    `Drill: ${drill.title}: ${points} of 100`,
    [header(report), contents(sections), ...sections, footer].join('\n'),
  )
}
