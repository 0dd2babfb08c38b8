import { groupIn, kindOf, prefixOf } from '../../kube/kinds.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import { formatObjects } from './output.ts'

/** The outcome of a write: what is said on which stream, and what is stored now. */
export type Written = {
  readonly stdout?: string
  readonly stderr?: string
  readonly warning?: string
  readonly object?: KubeObject
}

/** What stands in front of an object's name: its kind, with the group. */
export const prefixFor = ({ kind, apiVersion }: KubeObject): string =>
  prefixOf(kindOf(kind) ?? { kind, group: groupIn(apiVersion) })

/** What writes say together: the objects in the format that `-o` asks for, else a line for each. */
export const replyOf = ({ args }: Client, written: readonly Written[]): Reply => {
  const format = args.flags.get('output') ?? ''
  const stored = written.flatMap(({ object }) => object ?? [])
  const shown = formatObjects(format, { items: stored, isList: stored.length > 1, prefix: prefixFor })
  if (typeof shown === 'object') return { stderr: shown.problem, exit: 1 }
  const said = written.map(({ stdout }) => stdout ?? '').join('')
  return {
    stdout: shown === undefined || stored.length === 0 ? said : shown,
    stderr: written
      .map(({ warning = '', stderr = '' }) => warning + stderr.replace(/ error when \w+ "":/, ''))
      .join(''),
    exit: written.some(({ stderr }) => stderr !== undefined) ? 1 : 0,
    tookMs: 150,
  }
}
