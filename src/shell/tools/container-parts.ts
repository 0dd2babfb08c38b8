import { type Call, read, type Started, type Tool } from '../tool.ts'

const terminal = { interactive: true } as const

/** The command behind a container's name. */
const startedIn = ({ operands }: Call): readonly Started[] => {
  const words = operands.slice(1)
  return words.length > 0 ? [{ kind: 'words', words }] : []
}

/** A subcommand that runs a command in a container. */
export const runsInside = (valued: string): Tool =>
  read('runs a command in a container', {
    optionsFirst: true,
    onlyListed: true,
    flags:
      '-q --quiet -s --sync --ignore-errors --parallel --privileged -T --no-TTY --no-tty -l --latest --fifo',
    plainOperands: true,
    valued,
    options: {
      '-i --interactive -t --tty': terminal,
      '-d --detach': { effect: 'unknown', because: 'leaves it running' },
    },
    judge: call =>
      startedIn(call).length === 0 ? { effect: 'unknown', because: 'no command to run' } : undefined,
    starts: startedIn,
  })

/** A subcommand that only looks. */
export const look = (more: Partial<Tool> = {}): Tool =>
  read('looks at containers', {
    valued:
      '-n --tail --since --until -o --output -f --filter --format --name --label --state --pod --image -s --id --last --namespace',
    ...more,
  })

/** A subcommand that prints what containers said. */
export const logs = look({
  valued: '-n --tail --since --until --limit-bytes',
  options: { '-f --follow': { follow: true } },
})
