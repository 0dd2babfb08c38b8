/** How linear text does what a key of the screens does: what is typed; or why there is nothing to do. */
export type PlainWay = { readonly type: string } | { readonly because: string }

const typed = (ways: Readonly<Record<string, readonly string[]>>): Record<string, PlainWay> =>
  Object.fromEntries(Object.entries(ways).flatMap(([type, ids]) => ids.map(id => [id, { type }])))

const needless = (reasons: Readonly<Record<string, readonly string[]>>): Record<string, PlainWay> =>
  Object.fromEntries(Object.entries(reasons).flatMap(([because, ids]) => ids.map(id => [id, { because }])))

const inSession = typed({
  c1: ['command-run', 'run-again'],
  r: ['run-reads'],
  'c1 LINE': ['edit-command'],
  '! COMMAND': ['ad-hoc'],
  'Ctrl-C': ['interrupt'],
  n: ['take-recommended'],
  1: ['choose', 'next-take'],
  ']  .': ['go-next'],
  b: ['go-back'],
  u: ['go-to-branch'],
  '/ WORDS': ['jump'],
  m: ['map', 'map-trouble', 'map-here'],
  'g STEP': ['path-go', 'map-go', 'journal-go', 'deal-with', 'search-go'],
  'o1 TEXT': ['output-find', 'output-filter', 'next-match', 'previous-match'],
  'e  E': ['output-meaning', 'next-mark', 'previous-mark'],
  'w  W': ['next-warning', 'previous-warning'],
  'l1 40': ['finding-show', 'found-go'],
  o1: ['output-top', 'output-bottom'],
  times: ['output-times'],
  f: ['focus-findings', 'found'],
  'v  v NAME=VALUE': ['variables', 'variables-set', 'variables-suggest'],
  'place P TARGET': ['place-anew'],
  'note TEXT': ['note', 'journal-note'],
  yc1: ['copy-command'],
  yo1: ['copy-output'],
  ys: ['copy-step'],
  'yc1  yo1  ys': ['copy'],
  yp: ['report-copy'],
  j: ['journal'],
  p: ['report'],
  'p FILE': ['report-save'],
  '?': ['help'],
  keys: ['palette', 'palette-run', 'help-run'],
  T: ['target'],
  'Ctrl-Z': ['suspend'],
  q: ['leave', 'leave-asking', 'leave-yes'],
  'the word that is asked for': ['approval-answer'],
  'anything else': ['approval-refuse'],
  'its number, or its name': ['place-take'],
})

const atHome = typed({
  '1  w1  d1  s1': ['home-open'],
  'w  runbooks  d  s': ['home-section'],
  'd, then the drill that is next for you': ['home-drill'],
  '/ WORDS': ['home-search'],
  'm 1': ['home-map'],
  'target NAME': ['targets-take'],
  q: ['home-quit'],
})

const inDrill = typed({
  triage: ['briefing-begin'],
  clock: ['briefing-clock'],
  'give-up': ['briefing-leave'],
  'q in the triage, then any command': ['drill-shell'],
  'diagnose CAUSE': ['drill-cause', 'cause-name'],
  hint: ['drill-hints', 'hint-take'],
  finish: ['drill-finish', 'finish-yes'],
  story: ['drill-briefing'],
})

const none = needless({
  'it moves a choice; here each thing is named by what is typed': [
    ...['command-down', 'command-up', 'command-first', 'command-last', 'next-down', 'next-up'],
    ...['path-down', 'path-up', 'finding-down', 'finding-up', 'focus-next', 'focus-previous'],
    ...['home-down', 'home-up', 'home-page-down', 'home-page-up', 'home-top', 'home-bottom'],
    ...['home-next-section', 'home-previous-section', 'map-down', 'map-up', 'map-page-down'],
    ...['map-page-up', 'map-top', 'map-bottom', 'rows-down', 'rows-up', 'rows-page-down', 'rows-page-up'],
    ...['rows-top', 'rows-bottom', 'search-down', 'search-up', 'search-page-down', 'search-page-up'],
    ...['place-down', 'place-up', 'cause-down', 'cause-up', 'targets-down', 'targets-up'],
    ...['variables-next', 'variables-previous', 'menu-down', 'menu-up', 'menu-take'],
  ],
  'it scrolls; here everything is printed whole, and the terminal scrolls': [
    ...['explanation-down', 'explanation-up', 'reading-down', 'reading-up', 'reading-page-down'],
    ...['reading-page-up', 'reading-end-down', 'reading-end-up', 'output-down', 'output-up'],
    ...['output-page-down', 'output-page-up', 'output-half-down', 'output-half-up', 'output-right'],
    ...['output-left', 'output-begin', 'output-end-of-lines', 'output-wrap'],
  ],
  'an output is printed as it comes, so its end is always seen': ['output-follow', 'follow'],
  'it gives a part of the screen more room': ['zoom', 'output-zoom'],
  'it folds rows; here a list is short until its word asks for all of it': [
    ...['home-fold', 'map-fold', 'map-unfold', 'map-toggle', 'map-toggle-all'],
  ],
  'it closes what lies over the screen; here nothing does': [
    ...['map-close', 'help-close', 'overlay-close', 'help-unfilter', 'help-filter', 'end-search'],
    ...['field-done', 'field-close', 'leave-no', 'finish-no', 'debrief-leave'],
  ],
  'nothing is drawn over; what was printed stays': ['repaint'],
  'the setting drill.clock hides the clock': ['drill-clock'],
})

/** For each action of the screens, by its id, how linear text does it. */
export const plainWays: Readonly<Record<string, PlainWay>> = { ...inSession, ...atHome, ...inDrill, ...none }
