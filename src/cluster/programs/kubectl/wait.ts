import { getObject } from '../../kube/store.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { durationOf } from './arguments.ts'
import { targetsOf, titleOf } from './change.ts'
import { type Client, isOutOfTime } from './client.ts'
import { valuesAt } from './json-path.ts'

const STEP_MS = 1_000
const WAIT_MS = 30_000

type Wish = (object: KubeObject | undefined) => boolean

const conditionIs =
  (type: string, status: string): Wish =>
  object =>
    object?.status?.conditions?.some(
      (c: KubeValue) =>
        String(c.type).toLowerCase() === type.toLowerCase() &&
        String(c.status).toLowerCase() === status.toLowerCase(),
    ) === true

/** What `--for` asks for; `undefined` where it asks for nothing that kubectl knows. */
const readWish = (text: string): Wish | undefined => {
  if (text === 'delete') return object => object === undefined
  const condition = /^condition=([^=]+)(?:=(.+))?$/.exec(text)
  if (condition !== null) return conditionIs(condition[1] ?? '', condition[2] ?? 'true')
  const path = /^jsonpath=['"]?\{?(.+?)\}?['"]?(?:=(.*))?$/.exec(text)
  if (path === null) return undefined
  const [, where = '', value] = path
  return object =>
    object !== undefined &&
    valuesAt(object, where).some(
      found => value === undefined || String(found) === value.replaceAll(/['"]/g, ''),
    )
}

/** `kubectl wait`: lets time pass until each object is as it was asked for, or the timeout has come. */
export const waitFor = async (client: Client): Promise<Reply> => {
  const { world, passage } = client.call
  const { flags } = client.args
  const text = flags.get('for') ?? ''
  const wish = readWish(text)
  if (wish === undefined) return { stderr: `error: unrecognized condition: "${text}"\n`, exit: 1 }
  const { items, problems } = targetsOf(client, client.args.words.slice(1))
  if (problems !== '' && text !== 'delete') return { stderr: problems, exit: 1 }
  if (items.length === 0)
    return text === 'delete' ? {} : { stderr: 'error: no matching resources found\n', exit: 1 }
  const startMs = world.nowMs
  const endMs = Math.min(
    startMs + (durationOf(client.args, 'timeout') ?? WAIT_MS),
    passage.deadlineMs ?? Number.POSITIVE_INFINITY,
  )
  const now = (object: KubeObject): KubeObject | undefined => {
    const found = getObject(world.kube, { ...object.metadata, kind: object.kind })
    return found?.metadata.uid === object.metadata.uid ? found : undefined
  }
  const open = (): readonly KubeObject[] => items.filter(item => !wish(now(item)))
  while (open().length > 0 && world.nowMs < endMs) await passage.pass(STEP_MS)
  const left = open()
  return {
    stdout: items
      .filter(item => !left.includes(item))
      .map(item => `${titleOf(item)} condition met\n`)
      .join(''),
    stderr: (isOutOfTime(client) ? [] : left)
      .map(
        item =>
          `error: timed out waiting for the condition on ${item.kind.toLowerCase()}s/${item.metadata.name}\n`,
      )
      .join(''),
    exit: left.length === 0 ? 0 : 1,
  }
}
