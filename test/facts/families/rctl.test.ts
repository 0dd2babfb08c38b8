import { describe, expect, test } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

describe('a Rafay task set', () => {
  const output = JSON.stringify(
    {
      taskset_id: 'd2wg4k8',
      operations: [
        {
          operation: 'ClusterUpgrade',
          resource_name: 'mks-prod',
          status: 'PROVISION_TASK_STATUS_INPROGRESS',
        },
        {
          operation: 'NodeUpgrade',
          resource_name: 'worker-2',
          status: 'PROVISION_TASK_STATUS_FAILED',
          reason: 'preflight failed: disk',
        },
      ],
      comments: 'The status of the operations can be fetched using taskset_id',
      status: 'PROVISION_TASKSET_STATUS_INPROGRESS',
    },
    undefined,
    2,
  )

  test('tells which operation failed and why', () => {
    const { facts, lines, parser } = factsOf('rctl status apply d2wg4k8', output)
    expect(parser).toBe('rctl')
    expect(facts).toEqual({
      taskset: { id: 'd2wg4k8', status: 'inprogress', failed: false },
      tasksetOperations: [
        { operation: 'ClusterUpgrade', resource: 'mks-prod', status: 'inprogress', failed: false },
        {
          operation: 'NodeUpgrade',
          resource: 'worker-2',
          status: 'failed',
          failed: true,
          reason: 'preflight failed: disk',
        },
      ],
    })
    expect(lines.get('tasksetOperations[1]')).toBe(11)
  })

  test('that is not known is a complaint', () => {
    const { facts, diagnostics } = factsOf('rctl status apply nope', 'Error: taskset not found\n', {
      exitCode: 1,
    })
    expect(facts).toEqual({})
    expect(diagnostics).toHaveLength(1)
  })
})
