import {
  composeReport,
  presentReportHtml,
  presentReportMarkdown,
  presentReportText,
  type Report,
} from '../../report/index.ts'
import { missingOutputs, readBody, type StoredSession } from '../../runtime/index.ts'
import type { Library, Run } from '../../session/index.ts'
import { type Invocation, lastValue, type RunWithSettings } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { findSession, libraryOf } from '../find-session.ts'
import { loadBundledLibrary } from '../load-library.ts'
import { print } from '../print.ts'
import { stateDirOf } from '../state-dir-of.ts'
import { UserError } from '../user-error.ts'
import { writeOutput } from '../write-output.ts'

const formats: Readonly<Record<string, (report: Report) => string>> = {
  md: presentReportMarkdown,
  json: report => `${JSON.stringify(report, undefined, 2)}\n`,
  html: presentReportHtml,
  text: presentReportText,
}

const formatOf = (invocation: Invocation): string => {
  const format = lastValue(invocation, 'format') ?? (invocation.flags.has('json') ? 'json' : 'md')
  if (Object.hasOwn(formats, format)) return format
  throw new UserError({
    code: 'E_CLI_FORMAT',
    message: `There is no report as "${format}".`,
    hint: `Use --format ${Object.keys(formats).join(', ')}.`,
  })
}

/** Titles come from the runbooks as they are today; a document that has gone leaves the ids of its steps. */
const libraryFor = (stored: StoredSession): Library => {
  try {
    return libraryOf(stored) ?? loadBundledLibrary()
  } catch {
    return loadBundledLibrary()
  }
}

/** `runtree report`: what an earlier session did and found, the newest when none is named. */
export const runReport: RunWithSettings = async invocation => {
  const format = formatOf(invocation)
  const stored = findSession(stateDirOf(invocation), invocation.operands[0])
  const { header, events, session, path } = stored
  const outputOf = (run: Run) => readBody(path, run)
  const remarks = [...stored.notices, ...missingOutputs(stored)]
  const report = composeReport({ header, events, session, library: libraryFor(stored), outputOf, remarks })
  const text = formats[format]?.(report) ?? ''
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
