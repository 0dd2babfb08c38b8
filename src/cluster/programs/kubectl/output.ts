import { Document, visit } from 'yaml'
import { inOrder } from '../../kube/in-order.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { renderGoTemplate } from './go-template/render.ts'
import { renderTemplate, templateValues, valuesAt } from './json-path.ts'
import { formatTable } from './table.ts'

/** What a word cannot be without quotes although nobody would take it for a number or a date. */
const isUnplain = /^(?:[\s#,[\]{}&*!|>'"%@`]|[-?:](?:\s|$))|:(?:\s|$)|\s#|\s$/

/** Go's writer of YAML puts such words between single quotes, and double ones around what only looks like another type. */
const withSingleQuotes = (document: Document): Document => {
  visit(document, {
    Scalar: (_key, node) => {
      const { value } = node
      if (typeof value === 'string' && isUnplain.test(value) && !/[\n\r\t\x00-\x1f]/.test(value))
        node.type = 'QUOTE_SINGLE'
    },
  })
  return document
}

/** A value as kubectl prints YAML. */
export const yamlText = (value: KubeValue): string =>
  withSingleQuotes(new Document(inOrder(value), { version: '1.1', aliasDuplicateObjects: false })).toString({
    lineWidth: 0,
    indentSeq: false,
  })

/** A value as kubectl prints JSON. */
export const jsonText = (value: KubeValue): string => `${JSON.stringify(inOrder(value), undefined, 4)}\n`

const customColumns = (
  spec: string,
  {
    items,
    hasHeads = true,
  }: { readonly items: readonly KubeObject[]; readonly hasHeads?: boolean | undefined },
): string => {
  const columns = spec.split(/,(?![^[]*\])/).map(column => {
    const at = column.indexOf(':')
    return { head: column.slice(0, at), path: column.slice(at + 1).replace(/^\{|\}$/g, '') }
  })
  const rows = items.map(item =>
    columns.map(({ path }) => {
      const values = valuesAt(item, path)
      return values.length === 0
        ? '<none>'
        : values.map(v => (typeof v === 'object' ? JSON.stringify(v) : String(v))).join(',')
    }),
  )
  return formatTable([...(hasHeads ? [columns.map(c => c.head)] : []), ...rows])
}

/** Objects in a format other than a table; `undefined` when the format is a table. An unknown format is a problem. */
export const formatObjects = (
  format: string,
  {
    items,
    isList,
    prefix,
    hasHeads,
  }: {
    readonly items: readonly KubeObject[]
    readonly isList: boolean
    readonly prefix: (item: KubeObject) => string
    readonly hasHeads?: boolean
  },
): string | undefined | { readonly problem: string } => {
  const [kind = '', ...rest] = format.split('=')
  const hasLinks = isList && items.some(({ metadata }) => metadata.selfLink !== undefined)
  const whole: KubeValue = isList
    ? {
        apiVersion: 'v1',
        items,
        kind: 'List',
        metadata: { resourceVersion: '', ...(hasLinks ? { selfLink: '' } : {}) },
      }
    : items[0]
  switch (kind) {
    case '':
    case 'wide':
      return undefined
    case 'json':
      return jsonText(whole)
    case 'yaml':
      return yamlText(whole)
    case 'name':
      return items.map(item => `${prefix(item)}/${item.metadata.name}\n`).join('')
    case 'jsonpath':
      return renderTemplate(rest.join('='), whole)
    case 'jsonpath-as-json':
      return jsonText(templateValues(rest.join('='), whole))
    case 'go-template':
    case 'template':
      return renderGoTemplate(rest.join('='), inOrder(whole))
    case 'custom-columns':
      return customColumns(rest.join('='), { items, hasHeads })
    default:
      return {
        problem: `error: unable to match a printer suitable for the output format "${format}", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,wide,yaml\n`,
      }
  }
}
