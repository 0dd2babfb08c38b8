import type { TextLine } from '../text/lines.ts'
import { parseCalendarInstant } from './calendar-instant.ts'

/** A part of a description: what stands behind its title and the lines below it, which are indented. */
export type Section = {
  readonly title: string
  readonly value: string
  readonly line: number
  readonly body: readonly TextLine[]
}

/** What `kubectl describe` says of one object; a fragment that grep left has sections but perhaps no name. */
export type Description = {
  readonly name: string | undefined
  readonly line: number
  readonly sections: readonly Section[]
}

const titlePattern = /^([A-Z][\w ().-]*):(?:\s+(.*))?$/

// Events stand last; their messages may hold lines that look like titles.
const nextObject = /^(Name):\s+(\S.*)$/

const sectionsOf = (lines: readonly TextLine[]): readonly Section[] => {
  const sections: (Section & { body: TextLine[] })[] = []
  for (const { number, text } of lines) {
    const inEvents = sections.at(-1)?.title === 'Events'
    const match = inEvents ? nextObject.exec(text) : titlePattern.exec(text)
    if (match === null) sections.at(-1)?.body.push({ number, text })
    else sections.push({ title: match[1] ?? '', value: (match[2] ?? '').trim(), line: number, body: [] })
  }
  return sections
}

/** The descriptions in an output, one an object; sections before the first name stand in a description without one. */
export const descriptionsIn = (lines: readonly TextLine[]): readonly Description[] => {
  const descriptions: { name: string | undefined; line: number; sections: Section[] }[] = []
  for (const section of sectionsOf(lines)) {
    const isName = section.title === 'Name'
    const name = isName ? section.value : undefined
    if (isName || descriptions.length === 0) descriptions.push({ name, line: section.line, sections: [] })
    descriptions.at(-1)?.sections.push(section)
  }
  return descriptions
}

/** A section of a description by its title. */
export const sectionOf = ({ sections }: Description, title: string): Section | undefined =>
  sections.find(section => section.title === title)

/** The text behind a title; `undefined` where it is missing or says that there is none. */
export const titled = (description: Description, title: string): string | undefined => {
  const value = sectionOf(description, title)?.value
  return value === undefined || value === '' || /^<(?:none|unset|unknown|nil)>$/.test(value)
    ? undefined
    : value
}

/** The lines of a section with the text behind its title first: labels, taints, tolerations. */
export const itemsOf = (description: Description, title: string): readonly string[] => {
  const section = sectionOf(description, title)
  if (section === undefined) return []
  return [section.value, ...section.body.map(line => line.text.trim())].filter(
    item => item !== '' && item !== '<none>',
  )
}

/** The instant of a date as descriptions print it, `Sat, 21 Nov 2026 06:25:28 +0000`. */
export const instantOf = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : parseCalendarInstant(text)

/** The value of an indented line `Key: value` in a section. */
export const detailOf = (lines: readonly TextLine[], key: string): string | undefined => {
  const prefix = `${key}:`
  const line = lines.find(candidate => candidate.text.trim().startsWith(prefix))
  const value = line?.text.trim().slice(prefix.length).trim()
  return value === '' || value === '<none>' ? undefined : value
}

/** Labels as an object, out of lines `key=value`. */
export const labelsIn = (items: readonly string[]): Readonly<Record<string, string>> | undefined =>
  items.length === 0
    ? undefined
    : Object.fromEntries(
        items.flatMap(item => {
          const equals = item.indexOf('=')
          return equals < 0 ? [] : [[item.slice(0, equals), item.slice(equals + 1)]]
        }),
      )
