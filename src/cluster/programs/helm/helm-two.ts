import { listObjects } from '../../kube/store.ts'
import { isPodReady } from '../../laws/controllers/make-pod.ts'
import type { Call, Reply } from '../../shell/program.ts'

const VERSION =
  '&version.Version{SemVer:"v2.12.3", GitCommit:"eecf22f77df5f65c823aacd2dbd30ae6c65f186e", GitTreeState:"clean"}'

const failed = (text: string): Reply => ({ stderr: `Error: ${text}\n`, exit: 1 })

/** Why Helm's server in the cluster cannot be reached; `undefined` while it can. */
const tillerProblem = ({ world }: Call): string | undefined => {
  const pods = listObjects(world.kube, 'Pod', 'kube-system').filter(
    ({ metadata: { labels } }) => labels?.name === 'tiller' && labels.app === 'helm',
  )
  if (pods.length === 0) return 'could not find tiller'
  return pods.some(isPodReady) ? undefined : 'could not find a ready tiller pod'
}

const missing = (name: string): string => `release: "${name}" not found`

const asked: Readonly<Record<string, (name: string) => Reply>> = {
  ls: () => ({}),
  list: () => ({}),
  status: name => failed(`getting deployed release "${name}": ${missing(name)}`),
  history: name => failed(missing(name)),
  hist: name => failed(missing(name)),
  get: name => failed(missing(name)),
  rollback: name => failed(missing(name)),
  delete: name => failed(missing(name)),
  del: name => failed(missing(name)),
}

/** Helm 2, which asks Tiller in the cluster; `unreachable` is what stands between it and the API server. */
export const helmTwo = (call: Call, unreachable: Reply | undefined): Reply => {
  const words = call.args.filter(word => !word.startsWith('-'))
  const isShort = call.args.includes('--short')
  const told = isShort ? 'v2.12.3+geecf22f' : VERSION
  const [command = '', name = ''] = words
  if (call.args.includes('-A')) return failed("unknown shorthand flag: 'A' in -A")
  if (command === 'repo' && /^(list|ls)$/.test(name))
    return {
      stdout:
        'NAME  \tURL                                             \nstable\thttps://kubernetes-charts.storage.googleapis.com\nlocal \thttp://127.0.0.1:8879/charts                    \n',
    }
  const client = `Client: ${told}\n`
  if (command === 'version' && call.args.some(word => /^(-c|--client)$/.test(word))) return { stdout: client }
  const answer = command === 'version' ? () => ({ stdout: `${client}Server: ${told}\n` }) : asked[command]
  if (answer === undefined)
    return {
      stderr: `Error: unknown command "${command}" for "helm"\nRun 'helm --help' for usage.\n`,
      exit: 1,
    }
  const problem = tillerProblem(call)
  const failure = unreachable ?? (problem === undefined ? undefined : failed(problem))
  if (failure !== undefined) return command === 'version' ? { ...failure, stdout: client } : failure
  return answer(name)
}
