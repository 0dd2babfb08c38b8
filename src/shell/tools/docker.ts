import { change, changes, destructive, read, type Tool, unknown } from '../tool.ts'
import { logs, look, runsInside } from './container-parts.ts'

const terminal = { interactive: true } as const
const follows = { follow: true } as const

const objectReads = 'ls list inspect ps history df info events top port logs stats'

/** A family of docker's management commands, such as `docker image`. */
const family = (thing: string): Tool =>
  look({
    subcommands: {
      [objectReads]: look({ options: { '-f --follow': {} } }),
      'rm remove prune kill': destructive(`deletes ${thing}`),
      exec: runsInside(execValued),
      '*': change(`changes ${thing}`, { options: { '-i --interactive -t --tty': terminal } }),
    },
  })

const execValued = '-e --env --env-file -u --user -w --workdir --detach-keys'

/** docker, and what takes the same words. */
export const docker: Tool = read('talks to the container engine', {
  valued:
    '--config -c --context -H --host -l --log-level --tlscacert --tlscert --tlskey -n --namespace -a --address --url --connection',
  flags: '-D --debug --tls --tlsverify -v --version -r --remote',
  bare: { effect: 'read', because: 'prints its help' },
  subcommands: {
    'ps images inspect info version history port diff search top events': look(),
    logs,
    stats: look({ follow: true, options: { '--no-stream': { follow: false } } }),
    exec: runsInside(execValued),
    'run create start restart stop pause unpause update rename commit tag pull push load import login logout build save export cp wait swarm trust buildx manifest checkpoint':
      change('changes containers or images', { options: { '-i --interactive -t --tty': terminal } }),
    attach: change('joins a running container', terminal),
    'rm rmi kill': destructive('deletes containers or images'),
    container: family('containers'),
    'image builder': family('images'),
    volume: family('volumes'),
    network: family('networks'),
    context: family('contexts'),
    pod: family('pods'),
    'service stack node secret config plugin': family('parts of the swarm'),
    system: look({
      subcommands: {
        'df info': look(),
        events: look(follows),
        prune: destructive('deletes everything unused'),
        dial: unknown('opens the engine’s socket'),
      },
    }),
    compose: look({
      valued: '-f --file -p --project-name --profile --env-file --project-directory',
      subcommands: {
        'ps images top version ls events port': look(),
        config: look({ options: { '-o --output': changes('writes a file'), '--lock-image-digests': {} } }),
        logs,
        exec: runsInside(execValued),
        'down rm kill': destructive('deletes containers'),
        '*': change('changes containers'),
      },
    }),
  },
})
