import type { KubeValue } from '../../world/kube-object.ts'
import type { Client } from './client.ts'

/** What `kubectl create job` and `kubectl create cronjob` make; `undefined` for anything else. */
export const buildJob = (client: Client, what: string, name: string | undefined): KubeValue => {
  const { flags, lists, rest } = client.args
  if (what !== 'job' && what !== 'cronjob' && what !== 'cj') return undefined
  const image = lists.get('image')?.[0] ?? flags.get('image') ?? ''
  const container = { name, image, ...(rest.length === 0 ? {} : { command: [...rest] }) }
  const podSpec = (usual: string): KubeValue => ({
    containers: [container],
    restartPolicy: flags.get('restart') ?? usual,
  })
  const head = { apiVersion: 'batch/v1', metadata: { name } }
  return what === 'job'
    ? { ...head, kind: 'Job', spec: { template: { spec: podSpec('Never') } } }
    : {
        ...head,
        kind: 'CronJob',
        spec: {
          schedule: flags.get('schedule') ?? '',
          jobTemplate: { metadata: { name }, spec: { template: { spec: podSpec('OnFailure') } } },
        },
      }
}

/** What a job or cron job is not created without, as kubectl says it; `undefined` when it has all. */
export const jobProblem = ({ args: { flags, lists } }: Client, what: string): string | undefined => {
  const hasImage = (lists.get('image')?.length ?? 0) > 0 || flags.has('image')
  if (what === 'job') return hasImage ? undefined : 'error: either --image or --from must be specified\n'
  if (what !== 'cronjob' && what !== 'cj') return undefined
  const missing = [...(hasImage ? [] : ['"image"']), ...(flags.has('schedule') ? [] : ['"schedule"'])]
  return missing.length === 0 ? undefined : `error: required flag(s) ${missing.join(', ')} not set\n`
}
