import type { Report } from './types.ts'

const label = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

const sample = (name: string, labels: Readonly<Record<string, string>>, value: number): string => {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${label(text)}"`)
  return `${name}{${pairs.join(',')}} ${value}`
}

/** A report in Prometheus' text format, for the textfile collector of the node exporter: what was found, and how and when it ended. */
export const presentPrometheus = (report: Report): string => {
  const { causes, status, runbook, session, runs, endedAt } = report
  const where = { runbook: runbook.name, host: session.host }
  return [
    '# HELP runtree_finding A cause that the newest triage found.',
    '# TYPE runtree_finding gauge',
    ...causes.map(({ id, layer, severity }) =>
      sample('runtree_finding', { ...where, cause: id, layer, severity }, 1),
    ),
    '# HELP runtree_findings How many causes the newest triage found.',
    '# TYPE runtree_findings gauge',
    sample('runtree_findings', where, causes.length),
    '# HELP runtree_commands How many commands the newest triage ran.',
    '# TYPE runtree_commands gauge',
    sample('runtree_commands', where, runs.length),
    '# HELP runtree_status How the newest triage ended.',
    '# TYPE runtree_status gauge',
    sample('runtree_status', { ...where, status }, 1),
    '# HELP runtree_end_time_seconds When the newest triage ended.',
    '# TYPE runtree_end_time_seconds gauge',
    sample('runtree_end_time_seconds', where, Date.parse(endedAt) / 1000),
    '',
  ].join('\n')
}
