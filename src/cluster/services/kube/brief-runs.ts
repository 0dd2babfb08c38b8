import { readImageName } from '../../kube/known-images.ts'
import { corednsVersionOf } from '../../relations/coredns-access.ts'
import type { Container } from '../../world/container.ts'
import type { Ailment } from '../service.ts'
import { buildOf } from './coredns-build.ts'
import { exits } from './telling.ts'

/** What a program prints that does something else than to serve, and its exit status. */
type Brief = { readonly text: string; readonly status: number }

type Words = { readonly container: Container; readonly program: string; readonly words: readonly string[] }

const corednsUsage = (program: string): string =>
  [
    `Usage of ${program}:`,
    '  -conf string',
    '    \tCorefile to load (default "Corefile")',
    '  -dns.port string',
    '    \tDefault port (default "53")',
    '  -p string',
    '    \tDefault port (default "53")',
    '  -pidfile string',
    '    \tPath to write pid file',
    '  -plugins',
    '    \tList installed plugins',
    '  -quiet',
    '    \tQuiet mode (no initialization output)',
    '  -version',
    '    \tShow version',
  ].join('\n')

const takesValue: ReadonlySet<string> = new Set(['conf', 'dns.port', 'p', 'pidfile'])
const isSwitch: ReadonlySet<string> = new Set(['quiet', 'version'])

/** CoreDNS reads its flags as Go's package flag does: one dash or two, a value behind a space or an equals sign. */
const corednsBrief = ({ container, program, words }: Words): Brief | undefined => {
  let isVersion = false
  for (let at = 0; at < words.length; at += 1) {
    const [, name = '', value] = /^--?([^=]+)(=.*)?$/.exec(words[at] ?? '') ?? []
    if (name === '')
      return { text: `extra command line arguments: [${words.slice(at).join(' ')}]`, status: 1 }
    if (name === 'h' || name === 'help') return { text: corednsUsage(program), status: 0 }
    if (takesValue.has(name)) at += value === undefined ? 1 : 0
    else if (!isSwitch.has(name))
      return { text: `flag provided but not defined: -${name}\n${corednsUsage(program)}`, status: 2 }
    isVersion ||= name === 'version'
  }
  const release = corednsVersionOf(container)
  return isVersion ? { text: `CoreDNS-${release}\n${buildOf(release).build}`, status: 0 } : undefined
}

const kubernetesBrief = ({ container, words }: Words): Brief | undefined =>
  words.some(word => /^--version(=true)?$/.test(word))
    ? { text: `Kubernetes ${readImageName(container.image).tag}`, status: 0 }
    : undefined

const briefs: Readonly<Record<string, (words: Words) => Brief | undefined>> = {
  coredns: corednsBrief,
  'kube-apiserver': kubernetesBrief,
  'kube-controller-manager': kubernetesBrief,
  'kube-scheduler': kubernetesBrief,
  'kube-proxy': kubernetesBrief,
}

const TAKES_MS = 60

/** What ends a container whose words ask its program for something else than its service, such as its version. */
export const briefRun = (container: Container): Ailment | undefined => {
  const [program = '', ...words] = container.command
  const brief = briefs[container.service]?.({ container, program, words })
  return (
    brief && {
      exit: exits(brief.status),
      afterMs: TAKES_MS,
      lines: brief.text.split('\n').map(text => ({ text })),
    }
  )
}
