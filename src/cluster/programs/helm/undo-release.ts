import { removeObject } from '../../kube/store.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { awaitReady, failed, moveTo, revisionsOf, type Wish } from './move-release.ts'
import { keepRelease, setStatus } from './releases.ts'
import { notFound } from './show-releases.ts'

/** `helm rollback`: a new revision with what an earlier one had; without a wish the one before the newest. */
export const rollBack = async (call: Call, wish: Wish): Promise<Reply> => {
  const { name, namespace, args } = wish
  const revisions = revisionsOf(call, wish)
  const newest = revisions.at(-1)
  if (newest === undefined) return notFound
  const to = args.words[2] ?? '0'
  const number = to === '0' ? newest.revision - 1 : Number(to)
  const past = revisions.find(({ revision }) => revision === number)
  if (past === undefined) return failed(`release has no ${number} version`)
  if (args.has('dry-run')) return { stdout: 'Rollback was a success! Happy Helming!\n' }
  const { chart, appVersion, values, objects } = past
  const problem = moveTo(call, newest.objects, objects)
  const description =
    problem === undefined ? `Rollback to ${number}` : `Rollback "${name}" failed: ${problem}`
  const status = problem === undefined ? 'deployed' : 'failed'
  const revision = newest.revision + 1
  keepRelease(call.world, {
    name,
    namespace,
    revision,
    status,
    chart,
    appVersion,
    description,
    values,
    objects,
  })
  if (problem !== undefined) return failed(problem)
  return (await awaitReady(call, objects, args))
    ? { stdout: 'Rollback was a success! Happy Helming!\n' }
    : failed('timed out waiting for the condition')
}

/** `helm uninstall`: takes away what a release holds, and with it what Helm kept of it. */
export const uninstall = (call: Call, wish: Wish): Reply => {
  const revisions = revisionsOf(call, wish)
  const newest = revisions.at(-1)
  if (newest === undefined)
    return wish.args.has('ignore-not-found')
      ? {}
      : failed(`uninstall: Release not loaded: ${wish.name}: release: not found`)
  if (wish.args.has('dry-run')) return { stdout: `release "${wish.name}" uninstalled\n` }
  moveTo(call, newest.objects, [])
  for (const release of revisions)
    if (wish.args.has('keep-history'))
      setStatus(call.world, release, release === newest ? 'uninstalled' : 'superseded')
    else removeObject(call.world, release.secret)
  return { stdout: `release "${wish.name}" uninstalled\n` }
}
