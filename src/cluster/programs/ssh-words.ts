const takesValue = /^-[BbcDEeFIiJLlmOopQRSWw]$/

/** How long a connection is tried for. */
export const TIMEOUT_MS = 127_000
/** The words of a call of ssh: the host, its port, what to run there, and for how long to try. */
export const readWords = (args: readonly string[]) => {
  let at = 0
  let port = 22
  while (args[at]?.startsWith('-') === true) {
    if (args[at] === '-p') port = Number(args[at + 1])
    at += takesValue.test(args[at] ?? '') ? 2 : 1
  }
  const host = args[at]?.replace(/^[^@]*@/, '')
  for (at += 1; args[at]?.startsWith('-') === true; at++) {
    if (args[at] === '-p') port = Number(args[at + 1])
    if (takesValue.test(args[at] ?? '')) at += 1
  }
  const [, seconds] = /ConnectTimeout[= ](\d+)/.exec(args.slice(0, at).join(' ')) ?? []
  return { host, words: args.slice(at), port, patienceMs: Number(seconds ?? 0) * 1_000 || TIMEOUT_MS }
}
