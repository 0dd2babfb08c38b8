import { namesIn } from '../../files/file-tree.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'

/** `kubectl plugin list`: the programs along PATH whose names begin as those of plugins do. */
export const listPlugins = ({ machine, env }: Call, [verb]: readonly string[]): Reply => {
  if (verb !== 'list')
    return {
      stdout:
        "Provides utilities for interacting with plugins.\n\nAvailable Commands:\n  list          List all visible plugin executables on a user's PATH\n\nUsage:\n  kubectl plugin [flags] [options]\n",
    }
  const found = (env.PATH ?? '').split(':').flatMap(folder =>
    namesIn(machine.files, folder)
      .filter(name => name.startsWith('kubectl-'))
      .map(name => `${folder}/${name}`),
  )
  return found.length === 0
    ? { stderr: 'error: unable to find any kubectl plugins in your PATH\n', exit: 1 }
    : { stdout: `The following compatible plugins are available:\n\n${asText(found)}` }
}

const options: readonly (readonly [flag: string, meaning: string])[] = [
  [
    "--as=''",
    'Username to impersonate for the operation. User could be a regular user or a service account in a namespace.',
  ],
  [
    '--as-group=[]',
    'Group to impersonate for the operation, this flag can be repeated to specify multiple groups.',
  ],
  ["--as-uid=''", 'UID to impersonate for the operation.'],
  ["--cache-dir='/root/.kube/cache'", 'Default cache directory'],
  ["--certificate-authority=''", 'Path to a cert file for the certificate authority'],
  ["--client-certificate=''", 'Path to a client certificate file for TLS'],
  ["--client-key=''", 'Path to a client key file for TLS'],
  ["--cluster=''", 'The name of the kubeconfig cluster to use'],
  ["--context=''", 'The name of the kubeconfig context to use'],
  [
    '--insecure-skip-tls-verify=false',
    "If true, the server's certificate will not be checked for validity. This will make your HTTPS connections insecure",
  ],
  ["--kubeconfig=''", 'Path to the kubeconfig file to use for CLI requests.'],
  ['--match-server-version=false', 'Require server version to match client version'],
  ["-n, --namespace=''", 'If present, the namespace scope for this CLI request'],
  [
    "--request-timeout='0'",
    "The length of time to wait before giving up on a single server request. Non-zero values should contain a corresponding time unit (e.g. 1s, 2m, 3h). A value of zero means don't timeout requests.",
  ],
  ["-s, --server=''", 'The address and port of the Kubernetes API server'],
  [
    "--tls-server-name=''",
    'Server name to use for server certificate validation. If it is not provided, the hostname used to contact the server is used',
  ],
  ["--token=''", 'Bearer token for authentication to the API server'],
  ["--user=''", 'The name of the kubeconfig user to use'],
  ['-v, --v=0', 'number for the log level verbosity'],
]

/** `kubectl options`: the flags that each command takes. */
export const listOptions = (): Reply => ({
  stdout: `The following options can be passed to any command:\n\n${options
    .map(([flag, meaning]) => `${flag.startsWith('--') ? '    ' : ''}${flag}:\n\t${meaning}\n`)
    .join('\n')}`,
})
