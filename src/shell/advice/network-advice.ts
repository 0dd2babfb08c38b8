import { type Advisers, saveOutput, writeWords } from './advice.ts'
import type { PlainCall } from './list-calls.ts'

const again = ({ argv0, before }: PlainCall, words: readonly string[]): string =>
  `${before}${writeWords([argv0, ...words])}`

const replaceWord = (words: readonly string[], pattern: RegExp, by: string): readonly string[] =>
  words.map(word => (pattern.test(word) ? by : word))

const has = ({ words }: PlainCall, pattern: RegExp): boolean => words.some(word => pattern.test(word))

/** `-I CHAIN 3` numbers the place; a deletion by content takes no number. */
const withoutPlace = (words: readonly string[]): readonly string[] => {
  const at = words.findIndex(word => /^(?:-I|--insert)$/.test(word))
  return at >= 0 && /^\d+$/.test(words[at + 2] ?? '') ? words.filter((_, index) => index !== at + 2) : words
}

const keepRules = ({ argv0, before }: PlainCall, file: string) => {
  const program = argv0.replace(/-restore$/, '')
  const rules = `${file}.rules`
  return {
    undo: `${before}${program}-restore < ${rules}`,
    saving: { line: saveOutput(before, `${program}-save`, rules), keeps: 'iptables' },
  }
}

/** Rules, routes and links: what brings back how they were. */
export const networkAdvice: Advisers = {
  'iptables ip6tables iptables-legacy iptables-nft': (call, file) => {
    if (has(call, /^(?:-A|--append|-I|--insert)$/))
      return {
        undo: again(call, replaceWord(withoutPlace(call.words), /^(?:-A|--append|-I|--insert)$/, '-D')),
      }
    return has(call, /^(?:-[FXDPRZ]|--(?:flush|delete|delete-chain|policy|replace|zero))$/)
      ? keepRules(call, file)
      : undefined
  },
  'iptables-restore ip6tables-restore iptables-legacy-restore iptables-nft-restore': (call, file) =>
    keepRules(call, file),
  nft: ({ words, before }, file) =>
    /^(?:list|monitor|-c|--check)$/.test(words[0] ?? '')
      ? undefined
      : {
          undo: `${before}nft flush ruleset; ${before}nft -f ${file}.nft`,
          saving: { line: saveOutput(before, 'nft list ruleset', `${file}.nft`), keeps: 'nft' },
        },
  ipset: ({ words, before }, file) =>
    /^(?:destroy|flush|del|swap|restore|-[XFDWR])$/.test(words[0] ?? '')
      ? {
          undo: `${before}ipset -exist restore < ${file}.ipset`,
          saving: { line: saveOutput(before, 'ipset save', `${file}.ipset`), keeps: 'ipset' },
        }
      : undefined,
  ipvsadm: (call, file) =>
    has(call, /^(?:-[CRDd]|--(?:clear|restore|delete-service|delete-server))$/)
      ? {
          undo: `${call.before}ipvsadm -R < ${file}.ipvs`,
          saving: { line: saveOutput(call.before, 'ipvsadm -S -n', `${file}.ipvs`), keeps: 'ipvs' },
        }
      : undefined,
  conntrack: call =>
    has(call, /^(?:-[FD]|--(?:flush|delete))$/)
      ? { undo: 'Not possible, nor needed: connections are tracked anew with their next packet.' }
      : undefined,
  'firewall-cmd': call => {
    const turned = call.words.map(word =>
      word.startsWith('--add-') ? word.replace('--add-', '--remove-') : word.replace('--remove-', '--add-'),
    )
    if (turned.some((word, at) => word !== call.words[at])) return { undo: again(call, turned) }
    return has(call, /^--panic-on$/) ? { undo: again(call, ['--panic-off']) } : undefined
  },
  ip: (call, file) => {
    const [object = '', verb = ''] = call.words.filter(word => !word.startsWith('-'))
    if (/^l/.test(object) && has(call, /^(?:up|down)$/))
      return {
        undo: again(
          call,
          call.words.map(word => (word === 'down' ? 'up' : word === 'up' ? 'down' : word)),
        ),
      }
    if (/^a/.test(verb) && !/^l/.test(object))
      return { undo: again(call, replaceWord(call.words, /^a(?:dd?)?$/, 'del')) }
    if (!/^(?:d|f|r|c)/.test(verb)) return undefined
    const what = /^ro?/.test(object)
      ? 'route'
      : /^ru/.test(object)
        ? 'rule'
        : /^n/.test(object)
          ? 'neigh'
          : 'addr'
    return {
      undo: `Add again what ${file}.${what} lists.`,
      saving: {
        line: saveOutput(
          call.before,
          what === 'route' ? 'ip route show table all' : `ip ${what} show`,
          `${file}.${what}`,
        ),
        keeps: `ip:${what}`,
      },
    }
  },
}
