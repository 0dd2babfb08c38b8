import {
  type DrillReport,
  presentDrillHtml,
  presentDrillMarkdown,
  presentDrillText,
  presentReportHtml,
  presentReportMarkdown,
  presentReportText,
  type Report,
} from '../../report/index.ts'
import { type Invocation, lastValue, type RunWithSettings } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { findReport } from '../find-report.ts'
import { print } from '../print.ts'
import { stateDirOf } from '../state-dir-of.ts'
import { UserError } from '../user-error.ts'
import { writeOutput } from '../write-output.ts'

/** A form in which both kinds of reports are told. */
type Form = {
  readonly incident: (report: Report) => string
  readonly drill: (report: DrillReport) => string
}

const json = (report: Report | DrillReport): string => `${JSON.stringify(report, undefined, 2)}\n`

const forms: Readonly<Record<string, Form>> = {
  md: { incident: presentReportMarkdown, drill: presentDrillMarkdown },
  json: { incident: json, drill: json },
  html: { incident: presentReportHtml, drill: presentDrillHtml },
  text: { incident: presentReportText, drill: presentDrillText },
}

const formatOf = (invocation: Invocation): string =>
  lastValue(invocation, 'format') ?? (invocation.flags.has('json') ? 'json' : 'md')

const formOf = (format: string): Form => {
  const form = Object.hasOwn(forms, format) ? forms[format] : undefined
  if (form !== undefined) return form
  throw new UserError({
    code: 'E_CLI_FORMAT',
    message: `There is no report as "${format}".`,
    hint: `Use --format ${Object.keys(forms).join(', ')}.`,
  })
}

/** `runtree report`: what an earlier session did and found, or how a drill went; the newest when none is named. */
export const runReport: RunWithSettings = async invocation => {
  const format = formatOf(invocation)
  const form = formOf(format)
  const report = findReport(stateDirOf(invocation), invocation.operands[0])
  const text = report.kind === 'drill' ? form.drill(report) : form.incident(report)
  const output = lastValue(invocation, 'output')
  if (output !== undefined) {
    writeOutput(output, text)
    print.error(`Written to ${output}.`)
    return exitCodes.done
  }
  if (format === 'json') print.json(text.trimEnd())
  else print.out(text.trimEnd())
  return exitCodes.done
}
