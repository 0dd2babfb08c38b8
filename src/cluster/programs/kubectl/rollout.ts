import { minorOf } from '../../kube/minor-version.ts'
import { getObject } from '../../kube/store.ts'
import { isoOf } from '../../kube/times.ts'
import { replicaSetsOf } from '../../laws/controllers/deployments.ts'
import { revisionsOf } from '../../laws/controllers/revisions.ts'
import { templateHash } from '../../laws/controllers/template-hash.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { durationOf } from './arguments.ts'
import { targetsOf, titleOf } from './change.ts'
import { changeObject } from './change-object.ts'
import { type Client, isOutOfTime } from './client.ts'
import { templateText } from './describe-container.ts'
import { joinReplies, replyOneByOne } from './join-replies.ts'
import { writeProblem } from './refused-write.ts'
import { rolloutProgress } from './rollout-progress.ts'

const REVISION = 'deployment.kubernetes.io/revision'
const PATIENCE_MS = 600_000
const STEP_MS = 2_000

const status = async (client: Client, object: KubeObject): Promise<Reply> => {
  const { world, passage } = client.call
  if (object.kind !== 'Deployment' && object.spec?.updateStrategy?.type === 'OnDelete')
    return { stderr: 'error: rollout status is only available for RollingUpdate strategy type\n', exit: 1 }
  const limitMs = durationOf(client.args, 'timeout') || PATIENCE_MS
  const endMs = Math.min(world.nowMs + limitMs, passage.deadlineMs ?? Number.POSITIVE_INFINITY)
  const current = (): KubeObject => getObject(world.kube, { ...object.metadata, kind: object.kind }) ?? object
  let out = ''
  await passage.pass(1)
  for (;;) {
    const { text, isDone, isFailed } = rolloutProgress(current())
    if (isFailed)
      return {
        stdout: out,
        stderr: `error: deployment "${object.metadata.name}" exceeded its progress deadline\n`,
        exit: 1,
      }
    if (!out.endsWith(text)) out += text
    if (isDone) return { stdout: out }
    if (client.args.flags.get('watch') === 'false') return { stdout: out }
    if (isOutOfTime(client)) return { stdout: out, exit: 1 }
    if (world.nowMs >= endMs)
      return { stdout: out, stderr: 'error: timed out waiting for the condition\n', exit: 1 }
    await passage.pass(STEP_MS)
  }
}

const refusal = ({ kind, metadata }: KubeObject, why: string): Reply => ({
  stderr: `error: ${kind.toLowerCase()}s.apps ${JSON.stringify(metadata.name)} ${why}\n`,
  exit: 1,
})

/** Stops a rollout where it stands, or lets it go on. */
const hold = (client: Client, object: KubeObject, action: 'pause' | 'resume'): Reply => {
  if (object.kind !== 'Deployment')
    return refusal(object, `${action === 'pause' ? 'pausing' : 'resuming'} is not supported`)
  const isPaused = action === 'pause'
  if ((object.spec?.paused === true) === isPaused)
    return refusal(object, isPaused ? 'is already paused' : 'is not paused')
  changeObject(client, object, ({ spec }) => {
    if (isPaused) spec.paused = true
    else delete spec.paused
  })
  return { stdout: `${titleOf(object)} ${action}d\n` }
}

const restart = (client: Client, object: KubeObject): Reply => {
  if (object.spec?.paused === true)
    return refusal(object, "can't restart paused deployment (run rollout resume first)")
  const restartedAt = isoOf(client.call.world.nowMs)
  changeObject(client, object, ({ spec: { template } }) => {
    const annotations = {
      ...template.metadata?.annotations,
      'kubectl.kubernetes.io/restartedAt': restartedAt,
    }
    template.metadata = { ...template.metadata, annotations }
  })
  return { stdout: `${titleOf(object)} restarted\n` }
}

/** A template without the label that its replica set adds. */
const plain = (template: KubeValue): KubeValue => {
  const { 'pod-template-hash': _, ...labels } = template.metadata?.labels ?? {}
  return { ...structuredClone(template), metadata: { ...structuredClone(template.metadata), labels } }
}

/** A template that a workload has had, with its number. */
type Past = { readonly number: number; readonly cause: string; readonly template: KubeValue }

const causeOf = ({ metadata }: KubeObject): string =>
  metadata.annotations?.['kubernetes.io/change-cause'] ?? '<none>'

const pastOf = (client: Client, object: KubeObject): readonly Past[] =>
  (object.kind === 'Deployment'
    ? replicaSetsOf(client.call.world, object).map(set => ({
        number: Number(set.metadata.annotations?.[REVISION] ?? 1),
        cause: causeOf(set),
        template: set.spec?.template,
      }))
    : revisionsOf(client.call.world, object).map(kept => {
        const { $patch: _patch, ...template } = (kept.data as KubeValue).spec.template
        return { number: kept.revision as number, cause: causeOf(kept), template }
      })
  ).sort((a, b) => a.number - b.number)

const missingRevision = (object: KubeObject, wanted: string | undefined): string => {
  if (wanted !== undefined && wanted !== '0')
    return `error: unable to find specified revision ${wanted} in history\n`
  return object.kind === 'Deployment'
    ? `error: no rollout history found for deployment "${object.metadata.name}"\n`
    : 'error: no last revision to roll back to\n'
}

const undo = (client: Client, object: KubeObject): Reply => {
  if (object.spec?.paused === true)
    return {
      stderr:
        "error: cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again\n",
      exit: 1,
    }
  const past = pastOf(client, object)
  const wanted = client.args.flags.get('to-revision')
  const chosen =
    wanted === undefined || wanted === '0'
      ? past.at(-2)
      : past.find(({ number }) => String(number) === wanted)
  if (chosen === undefined) return { stderr: missingRevision(object, wanted), exit: 1 }
  const template = plain(chosen.template)
  if (templateHash(template) === templateHash(plain(object.spec?.template)))
    return {
      stdout: `${titleOf(object)} skipped rollback (current template already matches revision ${wanted ?? 0})\n`,
    }
  changeObject(client, object, copy => {
    copy.spec.template = template
  })
  return { stdout: `${titleOf(object)} rolled back\n` }
}

const history = (client: Client, object: KubeObject): Reply => {
  const wanted = client.args.flags.get('revision')
  const past = pastOf(client, object)
  const one = past.find(({ number }) => String(number) === wanted)
  if (wanted !== undefined && wanted !== '0')
    return one === undefined
      ? { stderr: `error: unable to find the specified revision\n`, exit: 1 }
      : { stdout: `${titleOf(object)} with revision #${wanted}\n${templateText(one.template)}` }
  return {
    stdout: `${titleOf(object)} \nREVISION  CHANGE-CAUSE\n${past.map(({ number, cause }) => `${String(number).padEnd(10)}${cause}\n`).join('')}\n`,
  }
}

/** The first minor release whose kubectl restarts what it rolls out. */
const KNOWS_RESTART = 15

const unknownAction = ({ args: { words } }: Client): Reply => ({
  stderr: `error: unknown command "${words.slice(1).join(' ')}"\nSee 'kubectl rollout -h' for help and examples\n`,
  exit: 1,
})

/** `kubectl rollout`. */
export const rollout = async (client: Client): Promise<Reply> => {
  const [, action, ...words] = client.args.words
  if (action === 'restart' && minorOf(client.call.world) < KNOWS_RESTART) return unknownAction(client)
  const { items, problems } = targetsOf(client, words)
  if (problems !== '') return { stderr: problems, exit: 1 }
  const [object] = items
  if (object === undefined) return { stderr: 'error: required resource not specified\n', exit: 1 }
  if (action === 'status') return replyOneByOne(items, item => status(client, item))
  if (action === 'history') return history(client, object)
  const refused = writeProblem(client, { verb: 'patch' }, items)
  if (refused !== undefined) return refused
  if (action === 'restart') return joinReplies(items.map(item => restart(client, item)))
  if (action === 'undo') return undo(client, object)
  if (action === 'pause' || action === 'resume')
    return joinReplies(items.map(item => hold(client, item, action)))
  return unknownAction(client)
}
