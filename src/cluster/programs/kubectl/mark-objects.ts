import { ENFORCE, levelWarnings } from '../../relations/admission/pod-security.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import { targetsOf, titleOf } from './change.ts'
import { changeObject, changeProblem, type Edit } from './change-object.ts'
import type { Client } from './client.ts'
import { writeProblem } from './refused-write.ts'

type Marks = { readonly field: 'labels' | 'annotations'; readonly marks: readonly string[] }

/** What an object is marked with after a command, or why the command does not change it. */
const markedMap = (client: Client, object: KubeObject, { field, marks }: Marks) => {
  const map: Record<string, string> = { ...object.metadata[field] }
  const taken: string[] = []
  let missing = ''
  for (const mark of marks) {
    const at = mark.indexOf('=')
    const key = at < 0 ? mark.slice(0, -1) : mark.slice(0, at)
    if (at < 0 && map[key] === undefined && field === 'labels') missing += `label "${key}" not found.\n`
    const value = mark.slice(at + 1)
    if (at < 0) delete map[key]
    else if (map[key] !== undefined && map[key] !== value && !client.args.flags.has('overwrite'))
      taken.push(`'${key}' already has a value (${map[key]})`)
    else map[key] = value
  }
  const problem =
    taken.length === 0
      ? undefined
      : field === 'labels'
        ? `error: ${taken[0]}, and --overwrite is false\n`
        : `error: --overwrite is false but found the following declared annotation(s): ${taken.join('; ')}\n`
  return { map, problem, missing }
}

/** `kubectl label` and `kubectl annotate`. */
export const markObjects = (client: Client, field: 'labels' | 'annotations'): Reply => {
  const [, ...words] = client.args.words
  const isMark = (word: string): boolean =>
    /^[^/=]+(\/[^/=]+)?=/.test(word) || /^[^/]*\/?[\w.-]+-$/.test(word)
  const marks = words.filter((word, at) => at > 0 && isMark(word))
  const { items, problems } = targetsOf(
    client,
    words.filter(word => !marks.includes(word)),
  )
  if (client.args.flags.has('list') && marks.length === 0) return listMarks(items, field)
  if (marks.length === 0)
    return { stderr: `error: at least one ${field.slice(0, -1)} update is required\n`, exit: 1 }
  const refused = writeProblem(client, { verb: 'patch' }, items)
  if (refused !== undefined) return refused
  let out = ''
  let errors = problems
  for (const object of items) {
    const { map, problem, missing } = markedMap(client, object, { field, marks })
    if (problem !== undefined) {
      errors += problem
      continue
    }
    out += missing
    const mark: Edit = copy => Object.assign(copy.metadata, { [field]: map })
    const invalid = changeProblem(object, mark)
    if (invalid !== undefined) {
      errors += invalid
      continue
    }
    if (JSON.stringify(map) === JSON.stringify(object.metadata[field] ?? {})) {
      out += `${titleOf(object)} ${field === 'labels' ? 'not labeled' : 'annotated'}\n`
      continue
    }
    const level = object.metadata.labels?.[ENFORCE]
    changeObject(client, object, mark)
    if (object.kind === 'Namespace' && field === 'labels' && map[ENFORCE] !== level)
      errors += levelWarnings(client.call.world, object)
    out += `${titleOf(object)} ${field === 'labels' ? (marks.every(m => m.endsWith('-')) ? 'unlabeled' : 'labeled') : 'annotated'}\n`
  }
  return { stdout: out, stderr: errors, exit: /^(?!Warning: )./m.test(errors) ? 1 : 0 }
}

const listMarks = (items: readonly KubeObject[], field: 'labels' | 'annotations'): Reply => ({
  stdout: items
    .flatMap(({ metadata }) => Object.entries(metadata[field] ?? {}))
    .map(([key, value]) => `${key}=${value}\n`)
    .join(''),
})
