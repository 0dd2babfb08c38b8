import type { DrillReportEntry } from './types.ts'

/** A thing that happened in a drill in words; `undefined` for a command, whose line stands for itself. */
export const wordEntry = (entry: DrillReportEntry): string | undefined => {
  switch (entry.type) {
    case 'line-run':
      return undefined
    case 'cause-named':
      return `named ${entry.cause}: ${entry.isRight ? 'right' : 'not what was wrong'}`
    case 'hint-taken':
      return `took hint ${entry.number}: ${entry.text}`
    case 'fault-injected':
      return `a further fault was put in: ${entry.name}`
    case 'finished':
      return entry.isRepaired ? 'finished, repaired' : 'finished, not repaired'
  }
}

/** What a command's output showed, and what it did beside reading. */
export const wordLine = ({ effect, exit, shows }: Extract<DrillReportEntry, { type: 'line-run' }>): string =>
  [
    ...(effect === 'read' ? [] : [effect]),
    ...(exit === 0 ? [] : [`exit ${exit}`]),
    ...(shows.length === 0 ? [] : [`shows ${shows.join(', ')}`]),
  ].join(', ')
