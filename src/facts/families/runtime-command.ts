import { operandsOf, optionValue } from '../command/options.ts'
import type { CommandWords } from '../types.ts'
import { carriedWords } from './kubectl-command.ts'

const valueOptions =
  '-r --runtime-endpoint -i --image-endpoint -c --config -t --timeout -H --host --context -o --output -n --namespace -a --address --name --state --label --pod --last --format -f --filter --tail --since'.split(
    ' ',
  )

// `ctr -a SOCKET` and `-n SPACE` take values; for crictl and docker `-a` means all and `-n` is not the same everywhere.
const optionsOf = (program: string): readonly string[] =>
  program === 'ctr' ? valueOptions : valueOptions.filter(option => option !== '-a' && option !== '-f')

/** A command of a container runtime's tool: `crictl pods`, `ctr images ls`, `docker inspect`; the output form it asks for. */
export type RuntimeCommand = {
  readonly program: string
  readonly verb: string
  readonly operands: readonly string[]
  readonly output: string | undefined
}

/** Reads a command of crictl, ctr, docker, podman or nerdctl (`k3s crictl` too); `undefined` for another program. */
export const runtimeCommand = (argv: CommandWords): RuntimeCommand | undefined => {
  const words = carriedWords(argv)
  const program = words[0] ?? ''
  if (!['crictl', 'ctr', 'docker', 'podman', 'nerdctl'].includes(program)) return undefined
  const [verb = '', ...operands] = operandsOf(words, optionsOf(program))
  return { program, verb, operands, output: optionValue(words, ['-o', '--output', '--format']) }
}
