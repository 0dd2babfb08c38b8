import type { Reply } from '../../shell/program.ts'
import { LAST_APPLIED } from './apply-object.ts'
import { targetsOf } from './change.ts'
import type { Client } from './client.ts'
import { yamlText } from './output.ts'

/** `kubectl apply view-last-applied`: the manifests that objects were applied from. */
export const viewApplied = (client: Client): Reply => {
  const { words, flags } = client.args
  const format = flags.get('output') ?? 'yaml'
  if (format !== 'yaml' && format !== 'json')
    return {
      stderr: `error: Unexpected -o output mode: ${format}, the flag 'output' must be one of yaml|json\n`,
      exit: 1,
    }
  const { items, problems } = targetsOf(client, words.slice(2))
  let stdout = ''
  for (const { metadata } of items) {
    const text = metadata.annotations?.[LAST_APPLIED]
    if (text === undefined)
      return {
        stdout,
        stderr: `error: no last-applied-configuration annotation found on resource: ${metadata.name}\n`,
        exit: 1,
      }
    const applied = JSON.parse(text)
    stdout += format === 'json' ? `${JSON.stringify(applied, undefined, 2)}\n` : yamlText(applied)
  }
  return { stdout, stderr: problems, exit: problems === '' ? 0 : 1 }
}
