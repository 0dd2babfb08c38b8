import { remembering } from '../../kube/remember.ts'

/** A server block's plugin with its words and what stands in its braces. */
export type CorefilePlugin = {
  readonly name: string
  readonly words: readonly string[]
  readonly line: number
}

/** A Corefile as CoreDNS reads it, or why it does not. */
export type Corefile = { readonly plugins: readonly CorefilePlugin[] } | { readonly problem: string }

const plugins = new Set(
  'acl any auto autopath bind bufsize cache cancel chaos debug dns64 dnssec dnstap erratic errors etcd file forward grpc header health hosts import k8s_external kubernetes loadbalance local log loop metadata metrics minimal nsid pprof prometheus ready reload rewrite root route53 secondary sign template tls trace transfer tsig view whoami'.split(
    ' ',
  ),
)

type Token = { readonly text: string; readonly line: number }

const tokensOf = (text: string): readonly Token[] =>
  text.split('\n').flatMap((raw, index) =>
    raw
      .replace(/#.*$/, '')
      .trim()
      .split(/\s+/)
      .filter(word => word !== '')
      .map(word => ({ text: word, line: index + 1 })),
  )

const isAddress = (word: string): boolean =>
  /^(\/\S+|((tls|dns):\/\/)?[\d.]+(:\d+)?|\[?[\da-f:]+\]?(:\d+)?)$/i.test(word)

const pluginProblem = ({ name, words, line }: CorefilePlugin): string | undefined => {
  if (!plugins.has(name)) return `Corefile:${line} - Error during parsing: Unknown directive '${name}'`
  const [, ...targets] = words
  if (name !== 'forward' && name !== 'proxy') return undefined
  const bad = targets.find(word => !isAddress(word))
  if (words.length < 2)
    return `plugin/forward: Wrong argument count or unexpected line ending after '${words[0] ?? name}'`
  return bad === undefined ? undefined : `plugin/forward: not an IP address or file: "${bad}"`
}

/** Reads a Corefile: server blocks, their plugins with arguments; braces must match and plugins must exist. */
export const readCorefile = remembering((text): Corefile => {
  const tokens = tokensOf(text)
  const found: CorefilePlugin[] = []
  let depth = 0
  let atLine = 0
  for (const [index, { text: word, line }] of tokens.entries()) {
    if (word === '{') depth += 1
    else if (word === '}') depth -= 1
    else if (depth === 1 && line !== atLine) {
      const words = tokens
        .slice(index + 1)
        .filter(t => t.line === line && t.text !== '{')
        .map(t => t.text)
      found.push({ name: word, words, line })
    }
    if (depth < 0)
      return { problem: `Corefile:${line} - Syntax error: Unexpected '}' because no matching opening brace` }
    if (depth > 0 || word === '}') atLine = line
  }
  if (depth > 0)
    return { problem: `Corefile:${tokens.at(-1)?.line ?? 1} - Error during parsing: Unexpected EOF` }
  const problem = found.map(pluginProblem).find(p => p !== undefined)
  return problem === undefined ? { plugins: found } : { problem }
})
