const assignment = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/
const literalValue = /^(?:[^\s"'`$(\\;&|]|\\.|\$(?!\()|"(?:\\.|[^"\\`$]|\$(?!\())*"|'[^']*')*/

/** The words after assignments in front; `undefined` when an assignment holds a command of its own or nothing follows. */
const behindAssignments = (run: string): string | undefined => {
  let rest = run.trimStart()
  while (assignment.test(rest)) {
    const valued = rest.replace(assignment, '')
    const value = literalValue.exec(valued)?.[0] ?? ''
    rest = valued.slice(value.length)
    if (!/^\s+\S/.test(rest)) return undefined
    rest = rest.trimStart()
  }
  return rest
}

/** Words of punctuation that do begin a command. */
const punctuationCommands: ReadonlySet<string> = new Set(['.', ':', '[', '[[', '!', '{', '('])

type Rule = { readonly what: string; readonly fits: (head: string, text: string) => boolean }

const truncation = /^>{1,2}\s*[\w./$~"'-]+\s*$/

const rules: readonly Rule[] = [
  { what: 'an option without its command', fits: head => head.startsWith('-') },
  { what: 'a number, date or list mark', fits: head => /^\d[\d:.,/)TZ+-]*$/.test(head) },
  {
    what: 'a line of a log',
    fits: (_, text) => /^(?:(?:[A-Z][a-z]{2} +){1,2}\d{1,2} +\d\d:\d\d|[IWEF]\d{4} )/.test(text),
  },
  { what: 'drawing or prose', fits: head => /^[^\x20-\x7e]/.test(head) },
  { what: 'the name of a folder', fits: head => head.endsWith('/') && !head.startsWith('$') },
  { what: 'a label', fits: head => head.length > 1 && /[^\\:]:$/.test(head) },
  { what: 'a section of a settings file', fits: head => /^\[[^\s[]/.test(head) },
  { what: 'a setting', fits: (_, text) => /^\S+\s+(?:=|:=|\+=|:)(?:\s|$)/.test(text) },
  { what: 'code in another language', fits: (_, text) => /^[A-Za-z_][\w.]*\((?!\s*\)\s*\S)/.test(text) },
  { what: 'JSON', fits: (_, text) => /^\{\s*(?:"[^"]*"\s*:|\}|$)|^\[\s*(?:"[^"]*"\s*,|[\]{]|$)/.test(text) },
  { what: 'a remark in brackets', fits: (_, text) => /^<[^<>]*>\s*$|^<[!?/]|^<\w[^<>]*>.*<\//.test(text) },
  {
    what: 'punctuation',
    fits: (head, text) =>
      !/[\w$<`"'~*]/.test(head) && !punctuationCommands.has(head) && !truncation.test(text),
  },
]

/** The beginning of a command tells enough, and keeps the patterns quick on a line of megabytes. */
const inspected = 2000

/** Tells what a text of a command fence is when it cannot be a command; `undefined` when it may be one. */
export const whyNotCommand = (run: string): string | undefined => {
  const text = behindAssignments(run.slice(0, inspected))
  if (text === undefined) return undefined
  const head = /^\S*/.exec(text)?.[0] ?? ''
  return rules.find(rule => rule.fits(head, text))?.what
}
