import { stringify } from 'yaml'
import { readText, writeText } from '../../files/file-tree.ts'
import { yamlValue } from '../../kube/read-yaml.ts'
import { publicAuthority } from '../../network/site-certificate.ts'
import { fetchUrl } from '../../relations/fetch-url.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { table } from './show-releases.ts'

/** A repository of charts that somebody has added. */
type Repository = { readonly name: string; readonly url: string }

/** The charts of repositories by the end of their addresses. */
const offers: readonly (readonly [url: RegExp, charts: readonly string[]])[] = [
  [/charts\.jetstack\.io/, ['cert-manager']],
  [/releases\.rancher\.com\/server-charts/, ['rancher']],
]

const pathOf = ({ env }: Call): string => `${env.HOME ?? '/root'}/.config/helm/repositories.yaml`

const repositoriesOf = (call: Call): readonly Repository[] =>
  yamlValue(readText(call.machine.files, pathOf(call)) ?? '')?.repositories ?? []

const keep = (call: Call, repositories: readonly Repository[]): void =>
  writeText(call.machine.files, pathOf(call), {
    text: stringify({ apiVersion: '', generated: '0001-01-01T00:00:00Z', repositories }),
    mode: 0o644,
    mtimeMs: call.world.nowMs,
  })

/** Why the index of a repository cannot be had, in Go's words. */
const reachProblem = ({ world, machine }: Call, url: string): string | undefined => {
  const host = /^https?:\/\/([^/:]+)/.exec(url)?.[1] ?? url
  const outcome = fetchUrl(world, {
    from: machine,
    scheme: url.startsWith('http:') ? 'http' : 'https',
    host,
    port: url.startsWith('http:') ? 80 : 443,
    path: '/index.yaml',
    method: 'GET',
    authorities: [publicAuthority],
    client: undefined,
  })
  if (outcome.kind === 'answered') return undefined
  if (outcome.kind === 'no-host') return `dial tcp: lookup ${host} on 127.0.0.53:53: no such host`
  return 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)'
}

const add = (call: Call, name: string, url: string): Reply => {
  const known = repositoriesOf(call)
  if (known.some(one => one.name === name && one.url === url))
    return { stdout: `"${name}" already exists with the same configuration, skipping\n` }
  if (known.some(one => one.name === name))
    return {
      stderr: `Error: repository name (${name}) already exists, please specify a different name\n`,
      exit: 1,
    }
  const problem = reachProblem(call, url)
  if (problem !== undefined)
    return {
      stderr: `Error: looks like "${url}" is not a valid chart repository or cannot be reached: Get "${url.replace(/\/$/, '')}/index.yaml": ${problem}\n`,
      exit: 1,
    }
  keep(call, [...known, { name, url }])
  return { stdout: `"${name}" has been added to your repositories\n` }
}

const update = (call: Call): Reply => {
  const known = repositoriesOf(call)
  if (known.length === 0)
    return { stderr: 'Error: no repositories found. You must add one before updating\n', exit: 1 }
  const lines = known.map(({ name, url }) => {
    const problem = reachProblem(call, url)
    return problem === undefined
      ? `...Successfully got an update from the "${name}" chart repository`
      : `...Unable to get an update from the "${name}" chart repository (${url}):\n\tGet "${url}/index.yaml": ${problem}`
  })
  return {
    stdout: `Hang tight while we grab the latest from your chart repositories...\n${lines.join('\n')}\nUpdate Complete. ⎈Happy Helming!⎈\n`,
  }
}

/** `helm repo`: the repositories of charts that the user has added. */
export const repositories = (call: Call, [verb, name = '', url = '']: readonly string[]): Reply => {
  const known = repositoriesOf(call)
  switch (verb) {
    case 'add':
      return url === ''
        ? {
            stderr:
              'Error: "helm repo add" requires 2 arguments\n\nUsage:  helm repo add [NAME] [URL] [flags]\n',
            exit: 1,
          }
        : add(call, name, url)
    case 'update':
    case 'up':
      return update(call)
    case 'remove':
    case 'rm':
      if (!known.some(one => one.name === name))
        return { stderr: `Error: no repo named "${name}" found\n`, exit: 1 }
      keep(
        call,
        known.filter(one => one.name !== name),
      )
      return { stdout: `"${name}" has been removed from your repositories\n` }
    default:
      return known.length === 0
        ? { stderr: 'Error: no repositories to show\n', exit: 1 }
        : { stdout: table([['NAME', 'URL'], ...known.map(one => [one.name, one.url])]) }
  }
}

/** The chart that a reference names, or why there is none. */
export const locateChart = (
  call: Call,
  reference: string,
): { readonly chart: string } | { readonly problem: string } => {
  if (/^[./]|\.tgz$/.test(reference)) return { problem: `path "${reference}" not found` }
  const [repository = '', chart] = reference.split('/')
  if (chart === undefined)
    return {
      problem: `non-absolute URLs should be in form of repo_name/path_to_chart, got: ${reference}`,
    }
  const known = repositoriesOf(call).find(one => one.name === repository)
  if (known === undefined) return { problem: `repo ${repository} not found` }
  const offered = offers.find(([url]) => url.test(known.url))?.[1] ?? []
  return offered.includes(chart)
    ? { chart }
    : {
        problem: `chart "${chart}" matching  not found in ${repository} index. (try 'helm repo update'): no chart name found`,
      }
}
