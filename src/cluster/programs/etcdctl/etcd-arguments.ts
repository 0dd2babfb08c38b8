/** etcdctl's words: commands without flags, flags by long name. */
export type EtcdArguments = { readonly words: readonly string[]; readonly flags: ReadonlyMap<string, string> }

const switches = new Set(
  'prefix keys-only print-value-only from-key count-only cluster insecure-skip-tls-verify hex help auto-compact auto-defrag debug physical sort-by skip-hash-check'.split(
    ' ',
  ),
)
const known = new Set([
  ...switches,
  ...'endpoints cacert cert key write-out command-timeout dial-timeout user data-dir name initial-cluster initial-cluster-token initial-advertise-peer-urls peer-urls limit load rev wal-dir endpoint ca-file cert-file key-file no-sync learner insecure-transport'.split(
    ' ',
  ),
])
const shorts: Readonly<Record<string, string>> = { w: 'write-out', h: 'help' }

/** Reads etcdctl's words, or the problem that they have. */
export const readEtcd = (args: readonly string[]): EtcdArguments | { readonly problem: string } => {
  const words: string[] = []
  const flags = new Map<string, string>()
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (!word.startsWith('-')) {
      words.push(word)
      continue
    }
    const [raw = '', ...rest] = word.replace(/^--?/, '').split('=')
    const name = shorts[raw] ?? raw
    if (!known.has(name)) return { problem: `Error: unknown flag: --${name}\n` }
    if (rest.length > 0) flags.set(name, rest.join('='))
    else if (switches.has(name)) flags.set(name, 'true')
    else {
      flags.set(name, args[at + 1] ?? '')
      at += 1
    }
  }
  return { words, flags }
}
