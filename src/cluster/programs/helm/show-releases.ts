import { stringify } from 'yaml'
import type { Reply } from '../../shell/program.ts'
import type { KubeStore, KubeValue } from '../../world/kube-object.ts'
import { chartNameOf, newestIn, type Release, releasesIn } from './releases.ts'

/** Text as Helm aligns it: each column as wide as its widest cell, tabs between. */
export const table = (rows: readonly (readonly string[])[]): string =>
  rows
    .map(row => {
      const widths = row.map((_, at) => Math.max(...rows.map(other => (other[at] ?? '').length)))
      return `${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('\t')}\n`
    })
    .join('')

/** A release that is not there. */
export const notFound: Reply = { stderr: 'Error: release: not found\n', exit: 1 }

const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const monthNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** A time as C writes it: `Tue Oct 27 07:45:59 2026`. */
const plainTime = (ms: number): string => {
  const date = new Date(ms)
  const day = String(date.getUTCDate()).padStart(2)
  return `${dayNames[date.getUTCDay()]} ${monthNames[date.getUTCMonth()]} ${day} ${date.toISOString().slice(11, 19)} ${date.getUTCFullYear()}`
}

const longTime = (ms: number): string =>
  `${new Date(ms).toISOString().replace('T', ' ').slice(0, 19)}.402817632 +0000 UTC`

const states = ['deployed', 'failed', 'pending', 'superseded', 'uninstalled', 'uninstalling']

/** Whether a list shows a release: without a wish those that are deployed or have failed. */
const isShown = ({ status }: Release, has: (name: string) => boolean): boolean => {
  if (has('all')) return true
  const wanted = states.filter(has)
  return (wanted.length === 0 ? ['deployed', 'failed'] : wanted).some(word => status.startsWith(word))
}

const structured = (value: KubeValue, format: string): string =>
  format === 'json' ? `${JSON.stringify(value)}\n` : stringify(value, { lineWidth: 0 })

type Manner = { readonly has: (name: string) => boolean; readonly output: string }

/** `helm list`. */
export const list = (store: KubeStore, namespace: string | undefined, { has, output }: Manner): Reply => {
  const shown = newestIn(store, namespace)
    .filter(release => isShown(release, has))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  if (has('short')) return { stdout: shown.map(({ name }) => `${name}\n`).join('') }
  if (output !== 'table') {
    const rows = shown.map(r => ({
      name: r.name,
      namespace: r.namespace,
      revision: String(r.revision),
      updated: longTime(r.updatedMs),
      status: r.status,
      chart: r.chart,
      app_version: r.appVersion,
    }))
    return { stdout: structured(rows, output) }
  }
  const rows = shown.map(r => [
    r.name,
    r.namespace,
    String(r.revision),
    longTime(r.updatedMs),
    r.status,
    r.chart,
    r.appVersion,
  ])
  const titles = ['NAME', 'NAMESPACE', 'REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION']
  return { stdout: table([titles, ...rows]) }
}

/** What Helm tells of one revision: after a change, and to `helm status`. */
export const statusText = (release: Release): string =>
  `NAME: ${release.name}\nLAST DEPLOYED: ${plainTime(release.updatedMs)}\nNAMESPACE: ${release.namespace}\nSTATUS: ${release.status}\nREVISION: ${release.revision}\nTEST SUITE: None\n`

/** `helm history`. */
export const history = (store: KubeStore, namespace: string, name: string): Reply => {
  const revisions = releasesIn(store, namespace).filter(r => r.name === name)
  if (revisions.length === 0) return notFound
  const rows = revisions.map(r => [
    String(r.revision),
    plainTime(r.updatedMs),
    r.status,
    r.chart,
    r.appVersion,
    r.description,
  ])
  return {
    stdout: table([['REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION', 'DESCRIPTION'], ...rows]),
  }
}

/** The objects of a release as its templates gave them. */
export const manifestText = ({ chart, objects }: Release): string =>
  objects
    .map(
      object =>
        `---\n# Source: ${chartNameOf(chart)}/templates/${String(object.kind).toLowerCase()}.yaml\n${stringify(object, { lineWidth: 0 })}`,
    )
    .join('')

const valuesText = ({ values }: Release): string =>
  Object.keys(values).length === 0 ? 'null\n' : stringify(values, { lineWidth: 0 })

type Wish = { readonly what: string; readonly output: string }

/** `helm get`: the values, the manifest, or all of a revision. */
export const get = (release: Release, { what, output }: Wish): Reply => {
  const values =
    output === 'table' ? `USER-SUPPLIED VALUES:\n${valuesText(release)}` : structured(release.values, output)
  switch (what) {
    case 'values':
      return { stdout: values }
    case 'manifest':
      return { stdout: `${manifestText(release)}\n` }
    case 'notes':
    case 'hooks':
      return {}
    case 'metadata':
      return {
        stdout: `NAME: ${release.name}\nCHART: ${chartNameOf(release.chart)}\nVERSION: ${release.chart.slice(chartNameOf(release.chart).length + 1)}\nAPP_VERSION: ${release.appVersion}\nNAMESPACE: ${release.namespace}\nREVISION: ${release.revision}\nSTATUS: ${release.status}\nDEPLOYED_AT: ${new Date(release.updatedMs).toISOString().slice(0, 19)}Z\n`,
      }
    case 'all':
      return { stdout: `${statusText(release)}${values}\nHOOKS:\nMANIFEST:\n${manifestText(release)}\n` }
    default:
      return { stderr: `Error: unknown command "${what}" for "helm get"\n`, exit: 1 }
  }
}
