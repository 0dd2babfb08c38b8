import { type Kind, kindOf } from '../../kube/kinds.ts'
import { minorOf } from '../../kube/minor-version.ts'
import type { Reply } from '../../shell/program.ts'
import type { Client } from './client.ts'
import { fieldTexts, requiredFields, typeTexts } from './field-texts.ts'
import { podFieldTexts } from './pod-field-texts.ts'
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

const WIDTH = 76

/** A text as lines of the width of a description, set in. */
const setIn = (text: string): string => {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last !== '' && last.length + word.length + 1 > WIDTH) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines.map(line => `    ${line}\n`).join('')
}

const plainType = (type: string): string => type.replace(/^\[\]/, '')

const textOf = (holder: string, name: string): string | undefined =>
  (fieldTexts[holder] ?? podFieldTexts[holder])?.[name]

const fieldLines = (holder: string, fields: readonly Field[], isOld: boolean): string =>
  fields
    .map(({ name, type }) => {
      const text = isOld ? undefined : textOf(holder, name)
      const mark = !isOld && requiredFields.has(`${holder}.${name}`) ? ' -required-' : ''
      return `  ${name}\t<${type}>${mark}\n${text === undefined ? '' : `${setIn(text)}\n`}`
    })
    .join('')

/** What a place is for: the field, then its type. */
const descriptionOf = (kind: string, holder: string, last: Field | undefined): string => {
  const texts = (
    last === undefined ? [typeTexts[kind]] : [textOf(holder, last.name), typeTexts[plainType(last.type)]]
  ).filter(text => text !== undefined)
  const gap = last === undefined ? '' : '\n'
  return texts.length === 0 ? '' : `${gap}DESCRIPTION:\n${texts.map(setIn).join('')}    \n`
}

/** `kubectl explain KIND.FIELD…`: what a place of a kind is for, and its fields by name and type. */
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
  let holder = ''
  for (const name of path) {
    holder = last === undefined ? '' : plainType(last.type)
    last = fields?.find(field => field.name === name)
    if (last === undefined) return { stderr: `error: field "${name}" does not exist\n`, exit: 1 }
    fields = fieldsOf(last.type)
  }
  const fieldHead = isOld ? (fields === undefined ? 'FIELD:    ' : 'RESOURCE: ') : 'FIELD: '
  const field = last === undefined ? '' : `${fieldHead}${last.name} <${last.type}>\n\n`
  const within = last === undefined ? '' : plainType(last.type)
  const lines = fieldLines(within, fields ?? [], isOld)
  const list = fields === undefined ? '' : `FIELDS:\n${lines}${lines.endsWith('\n\n') ? '' : '\n'}`
  return { stdout: `${head}${field}${isOld ? '' : descriptionOf(kind.kind, holder, last)}${list}` }
}
