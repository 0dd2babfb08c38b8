import { type Kind, kindOf } from '../../kube/kinds.ts'
import { minorOf } from '../../kube/minor-version.ts'
import type { Reply } from '../../shell/program.ts'
import type { Client } from './client.ts'
import { type Field, fieldsOf } from './schema.ts'

/** The first minor release whose kubectl has a line for the group. */
const HAS_GROUP_LINE = 27

const dataKinds = new Set(['ConfigMap', 'Secret'])

const topFields = ({ kind }: Kind): readonly Field[] => [
  { name: 'apiVersion', type: 'string' },
  ...(dataKinds.has(kind) ? [{ name: 'data', type: 'map[string]string' }] : []),
  { name: 'kind', type: 'string' },
  { name: 'metadata', type: 'ObjectMeta' },
  ...(dataKinds.has(kind)
    ? []
    : [
        { name: 'spec', type: `${kind}Spec` },
        { name: 'status', type: `${kind}Status` },
      ]),
]

const fieldLines = (fields: readonly Field[]): string =>
  fields.map(({ name, type }) => `  ${name}\t<${type}>\n`).join('')

/** `kubectl explain KIND.FIELD…`: the fields at a place of a kind, by name and type. */
export const explain = (client: Client): Reply => {
  const [, asked = ''] = client.args.words
  const [word = '', ...path] = asked.split('.')
  const kind = kindOf(word, client.call.world)
  if (kind === undefined)
    return { stderr: `error: the server doesn't have a resource type "${word}"\n`, exit: 1 }
  const isOld = minorOf(client.call.world) < HAS_GROUP_LINE
  const head = isOld
    ? `KIND:     ${kind.kind}\nVERSION:  ${kind.version}\n\n`
    : `${kind.group === '' ? '' : `GROUP:      ${kind.group}\n`}KIND:       ${kind.kind}\nVERSION:    ${kind.version.split('/').at(-1)}\n\n`
  let fields: readonly Field[] | undefined = topFields(kind)
  let last: Field | undefined
  for (const name of path) {
    last = fields?.find(field => field.name === name)
    if (last === undefined) return { stderr: `error: field "${name}" does not exist\n`, exit: 1 }
    fields = fieldsOf(last.type)
  }
  const fieldHead = isOld ? (fields === undefined ? 'FIELD:    ' : 'RESOURCE: ') : 'FIELD: '
  const field = last === undefined ? '' : `${fieldHead}${last.name} <${last.type}>\n\n`
  const list = fields === undefined ? '' : `FIELDS:\n${fieldLines(fields)}\n`
  return { stdout: `${head}${field}${list}` }
}
