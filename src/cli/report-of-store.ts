import { composeReport, presentReportMarkdown } from '../report/index.ts'
import type { SessionStore } from '../runtime/index.ts'
import type { Library } from '../session/index.ts'

/** The report of a live session as it stands, as Markdown. Empty before the session has begun. */
export const reportOfStore =
  (library: Library) =>
  (store: SessionStore): string => {
    const { session, notices } = store.getSnapshot()
    const { header } = session
    if (header === undefined) return ''
    return presentReportMarkdown(
      composeReport({
        header,
        events: store.events(),
        session,
        library,
        outputOf: ({ runId }) => store.outputOf(runId),
        remarks: notices,
      }),
    )
  }
