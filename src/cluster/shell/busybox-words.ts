import { toolsOf } from '../kube/image-tools.ts'
import type { Post, Reply } from './program.ts'

const BANNER = 'BusyBox v1.36.1 (2023-11-07 18:53:09 UTC) multi-call binary.'

/** How the tools of GNU, and bash, word a complaint, and how those of busybox do. */
const complaints: readonly (readonly [RegExp, string])[] = [
  [/^(ls|du|stat): cannot (?:access|stat) '(.*?)': /gm, '$1: $2: '],
  [/^cat: ([^':\n]+): (?=[A-Z])/gm, "cat: can't open '$1': "],
  [/^rm: cannot remove '/gm, "rm: can't remove '"],
  [/^mkdir: cannot create directory ['‘](.*?)['’]: /gm, "mkdir: can't create directory '$1': "],
  [/^(cp|mv): cannot stat '/gm, "$1: can't stat '"],
  [/^touch: cannot touch '(.*?)': /gm, 'touch: $1: '],
  [/^(head|tail): cannot open '(.*?)' for reading: /gm, "$1: can't open '$2': "],
  [
    /^(\w+): (?:unrecognized|invalid) option (?:-- )?'-*(.+?)'\nTry '.*? --help' for more information\.$/gm,
    `$1: unrecognized option: $2\n${BANNER}\n\nUsage: $1 [OPTIONS] [ARGS]`,
  ],
  [
    /^ping: (\S+): (?:Name or service not known|Temporary failure in name resolution)$/gm,
    "ping: bad address '$1'",
  ],
  [/^ping: connect: /gm, 'ping: sendto: '],
  [/^ping: usage error: .*$/gm, `${BANNER}\n\nUsage: ping [OPTIONS] HOST\n\nSend ICMP ECHO_REQUESTs to HOST`],
  [/^Connection to (\S+) \(([\d.]+)\) (\d+) port \[\S+\] succeeded!$/gm, '$1 ($2:$3) open'],
  [/^Connection to ([\d.]+) (\d+) port \[\S+\] succeeded!$/gm, '$1 ($1:$2) open'],
  [/^nc: connect to ([\d.]+) port/gm, 'nc: connect to $1 ($1) port'],
  [/^nc: connect to (\S+) \((\S+)\) port (\d+) \(\w+\) failed: /gm, 'nc: $1 ($2:$3): '],
  [/^nc: connect to (\S+) \((\S+)\) port (\d+) .*$/gm, 'nc: $1 ($2:$3): Connection timed out'],
  [/^bash: (?:line \d+: )?(.+?): command not found$/gm, 'sh: $1: not found'],
]

const pinged = (text: string): string =>
  text
    .replace(/^PING (\S+) \((\S+)\) (\d+)\(\d+\) bytes of data\.$/m, 'PING $1 ($2): $3 data bytes')
    .replace(/^(\d+ bytes from )(?:\S+ \()?([\d.]+)\)?: icmp_seq=/gm, '$1$2: seq=')
    .replace(/: seq=(\d+) ttl/g, (_, sequence: string) => `: seq=${Number(sequence) - 1} ttl`)
    .replace(/^From \S+ icmp_seq=.*\n/gm, '')
    .replace(
      /^(\d+ packets transmitted, \d+) received,(?: \+\d+ errors,)? (\d+)(?:\.\d+)?% packet loss, time \d+ms$/m,
      '$1 packets received, $2% packet loss',
    )
    .replace(
      /^rtt min\/avg\/max\/mdev = ([\d.]+\/[\d.]+\/[\d.]+)\/[\d.]+ ms$/m,
      'round-trip min/avg/max = $1 ms',
    )

/** Whether the tools at a post are those of busybox. */
export const isBusybox = ({ container }: Post): boolean =>
  container !== undefined && toolsOf(container.image) === 'busybox'

const complaintsOfBusybox = (text: string): string =>
  complaints.reduce((said, [gnu, own]) => said.replace(gnu, own), text)

const asBusybox = (name: string, reply: Reply): Reply => {
  const { stdout, stderr, exit, follow } = reply
  const said = name === 'ping' ? pinged : (text: string): string => text
  return {
    ...reply,
    ...(stdout === undefined ? {} : { stdout: said(stdout) }),
    ...(stderr === undefined ? {} : { stderr: complaintsOfBusybox(stderr) }),
    // Busybox has one status for all that goes wrong.
    ...(exit === 2 && (name === 'ls' || name === 'ping') ? { exit: 1 } : {}),
    ...(follow === undefined
      ? {}
      : {
          follow: {
            ...follow,
            next: async () => said(await follow.next()),
            ...(follow.end === undefined
              ? {}
              : {
                  end: () => ({ stdout: said(follow.end?.().stdout ?? ''), exit: follow.end?.().exit ?? 0 }),
                }),
          },
        }),
  }
}

/** What a program answers, or a whole line, in the words of the tools that are at a post. */
export const wordedAt = (post: Post, reply: Reply, name = ''): Reply =>
  isBusybox(post) ? asBusybox(name, reply) : reply
