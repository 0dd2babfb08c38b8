import { combine, listFact, nothing, record, singleFact } from '../parsed.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { isObject, lineOf, listAt, parseJson, textAt } from './json-value.ts'

// `PROVISION_TASK_STATUS_SUCCESS` and `PROVISION_TASKSET_STATUS_COMPLETE` say the same for a part and for the whole.
const wordOf = (status: string | undefined): string | undefined =>
  status?.replace(/^PROVISION_TASK(?:SET)?_STATUS_/, '').toLowerCase()

const isFailed = (status: string | undefined): boolean => /fail|error|abort/.test(status ?? '')

const operationOf = (operation: unknown): FactValue => {
  const status = wordOf(textAt(operation, 'status'))
  return record({
    operation: textAt(operation, 'operation'),
    resource: textAt(operation, 'resource_name'),
    status,
    failed: isFailed(status),
    reason: textAt(operation, 'reason') ?? textAt(operation, 'error') ?? textAt(operation, 'comments'),
  })
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const document = parseJson(stdout.slice(Math.max(0, stdout.indexOf('{')), stdout.lastIndexOf('}') + 1))
  if (!isObject(document) || textAt(document, 'taskset_id') === undefined) return nothing
  const status = wordOf(textAt(document, 'status'))
  const value = record({ id: textAt(document, 'taskset_id'), status, failed: isFailed(status) })
  return combine([
    singleFact('taskset', { line: lineOf(stdout, '"taskset_id"'), value }),
    listFact(
      'tasksetOperations',
      listAt(document, 'operations').map(operation => ({
        line: lineOf(stdout, textAt(operation, 'resource_name') ?? '"operations"'),
        value: operationOf(operation),
      })),
    ),
  ])
}

/** How far a change of a cluster has come: `rctl status apply TASKSET_ID`, and what `rctl apply` answers. */
export const rctl: Parser = {
  name: 'rctl',
  gives: ['taskset', 'tasksetOperations'],
  recognises: argv => argv[0] === 'rctl' && (argv.includes('status') || argv.includes('apply')),
  recognisesText: text => /"taskset_id":/.test(text),
  parse,
}
