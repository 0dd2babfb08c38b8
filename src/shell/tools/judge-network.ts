import { type Call, changes, destroys, doubts, type Impact, type OptionUse, type Started } from '../tool.ts'

const showWords =
  /^(?:s|sh|sho|show|l|li|lis|list|ls|lst|g|ge|get|save|showdump|identify|pids|help|count|list-id|getoptions)$/

/** `ip` shows unless an object is followed by a verb that changes; both may be cut short, and `ip link s` means set. */
export const judgeIp = ({ operands }: Call): Impact | undefined => {
  const [object, verb] = operands.map(operand => operand.text)
  if (object === undefined) return operands.length > 0 ? doubts('a word that cannot be told') : undefined
  if (object.startsWith('mo')) return { follow: true }
  if (operands.length === 1) return undefined
  if (/^net(?:n|ns)$/.test(object) && /^e/.test(verb ?? '')) return undefined
  if (/^x/.test(object)) return judgeXfrm(operands[2]?.text, operands.length)
  const sets = /^l/.test(object) && verb === 's'
  return verb !== undefined && showWords.test(verb) && !sets
    ? undefined
    : {
        effect: /^f/.test(verb ?? '') ? 'destructive' : 'change',
        because: 'changes addresses, links or routes',
      }
}

/** `ip xfrm state` and `ip xfrm policy` have their verb one word further on. */
const judgeXfrm = (verb: string | undefined, count: number): Impact | undefined =>
  count === 2 || /^(?:list|show|lst|get|count)$/.test(verb ?? '')
    ? undefined
    : destroys('changes how traffic is encrypted')

/** `tc` and `bridge` show where the verb says so or is left out. */
export const judgeIprouteShow = ({ operands }: Call): Impact | undefined =>
  operands[1] === undefined || /^(?:show|list|ls|lst)$/.test(operands[1].text ?? '')
    ? { effect: 'read', because: 'shows the network' }
    : undefined

/** `ip netns exec NAME COMMAND`, and `ip -all netns exec COMMAND`. */
export const startedByIp = ({ operands, options }: Call): readonly Started[] =>
  /^net(?:n|ns)$/.test(operands[0]?.text ?? '') && /^e/.test(operands[1]?.text ?? '')
    ? [
        {
          kind: 'words',
          words: operands.slice(options.some(option => /^-a(?:ll)?$/.test(option.name)) ? 2 : 3),
        },
      ]
    : []

/** Reads when the first word fits. */
export const judgeNetShow = (word: string | undefined, reads: RegExp): Impact | undefined =>
  word !== undefined && reads.test(word) ? undefined : changes('changes a setting')

type CurlRule = (option: OptionUse) => Impact | undefined

const writes: CurlRule = ({ value }) =>
  ['/dev/null', '-', '/dev/stdout', '/dev/stderr'].includes(value?.text ?? '')
    ? undefined
    : changes('writes to a file')
const sends: CurlRule = () => changes('sends data')

const curlRules: ReadonlyMap<string, CurlRule> = new Map<string, CurlRule>([
  ...'-o --output -c --cookie-jar -D --dump-header --trace --trace-ascii --stderr --etag-save --libcurl --hsts --alt-svc --ssl-sessions --output-dir'
    .split(' ')
    .map(name => [name, writes] as const),
  ...'-O --remote-name --remote-name-all -J --remote-header-name'
    .split(' ')
    .map(name => [name, (): Impact => changes('writes to a file')] as const),
  ...'-d --data --data-ascii --data-binary --data-raw --data-urlencode -F --form --form-string -T --upload-file --json -Q --quote --mail-from -t --telnet-option'
    .split(' ')
    .map(name => [name, sends] as const),
  ...'-K --config --engine'
    .split(' ')
    .map(name => [name, (): Impact => doubts('takes options from elsewhere')] as const),
  ...'-X --request'
    .split(' ')
    .map(
      name =>
        [
          name,
          ({ value }: OptionUse): Impact | undefined =>
            /^(?:GET|HEAD|OPTIONS)$/.test(value?.text ?? '')
              ? undefined
              : { effect: 'change', because: `asks with ${value?.text ?? 'another method'}` },
        ] as const,
    ),
  ...'-w --write-out'
    .split(' ')
    .map(
      name =>
        [
          name,
          ({ value }: OptionUse): Impact | undefined =>
            value?.text === undefined || /%output\{|^@/.test(value.text)
              ? changes('may write a file')
              : undefined,
        ] as const,
    ),
])

/** `curl` reads while it only fetches: no data, no upload, no file but `/dev/null`. With `-G` its data goes into the address. */
export const judgeCurl = ({ options, operands }: Call): Impact | undefined => {
  const isSeveral = options.some(option => option.name === '-:' || option.name === '--next')
  const asGet = !isSeveral && options.some(option => option.name === '-G' || option.name === '--get')
  const impacts = options.flatMap(option => {
    const rule = findCurlRule(option.name)
    return rule === undefined || (asGet && rule === sends && /^(?:-d|--data)/.test(option.name))
      ? []
      : (rule(option) ?? [])
  })
  const odd = operands.find(operand =>
    /^(?:telnet|ftp|ftps|sftp|scp|smtp|imap|pop3|smb|ldap|dict|gopher|mqtt|tftp|rtsp):/i.test(operand.prefix),
  )
  const known = impacts.find(impact => impact.effect === 'change') ?? impacts[0]
  return known ?? (odd === undefined ? undefined : doubts('speaks another protocol'))
}

/** Long options may be cut short. */
const findCurlRule = (name: string): CurlRule | undefined =>
  (name.startsWith('--expand-') ? expands : undefined) ??
  curlRules.get(name) ??
  (name.startsWith('--') && name.length > 3 && !safeLong.test(name)
    ? [...curlRules].find(([key]) => key.startsWith(name))?.[1]
    : undefined)

const expands: CurlRule = () => doubts('fills an option in')

const safeLong = /^--(?:head|get|form-escape|request-target|data-none)$/

const wgetSafe =
  /^(?:-q|--quiet|-S|--server-response|--spider|-v|-nv|--no-verbose|--no-check-certificate|-T|--timeout|-t|--tries|-U|--user-agent|--header|-O|--output-document|--connect-timeout|--read-timeout|--dns-timeout|-4|-6|-n|--no-proxy|--ca-certificate|--certificate|--private-key|-d|--debug|--no-cache|--max-redirect)$/

/** `wget` reads when it prints or only tests, and sends nothing. */
export const judgeWget = ({ options }: Call): Impact | undefined => {
  const prints = options.some(
    option =>
      option.name === '--spider' ||
      (/^(?:-O|--output-document)$/.test(option.name) &&
        ['-', '/dev/null', '/dev/stdout'].includes(option.value?.text ?? '')),
  )
  return prints && options.every(option => wgetSafe.test(option.name)) && outputsHarmless(options)
    ? { effect: 'read', because: 'fetches a page' }
    : undefined
}

const outputsHarmless = (options: readonly OptionUse[]): boolean =>
  options
    .filter(option => /^(?:-O|--output-document)$/.test(option.name))
    .every(option => ['-', '/dev/null', '/dev/stdout'].includes(option.value?.text ?? ''))

const ownStreams = /^(?:-|stdio)$/i
const socketPath = /^(?:unix(?:-connect)?:)?\/[\w./-]+$/i
const showsOnly = /^\s*(?:show\s[\w\s./#-]*)?$/

/** A question to HAProxy's socket that only shows: `show stat`, `show info` and the like, each on a line or behind a semicolon. */
const isQuestion = (input: Call['input']): boolean =>
  input.kind === 'text' &&
  input.text.trim() !== '' &&
  input.text.split(/[\n;]/).every(line => showsOnly.test(line))

/** `nc -U SOCKET` that is asked to show something. */
export const asksSocket = ({ options, operands, input }: Call): boolean =>
  isQuestion(input) &&
  options.some(option => option.name === '-U') &&
  options.every(option => /^-[UNw]$/.test(option.name)) &&
  operands.length === 1 &&
  socketPath.test(operands[0]?.text ?? '')

/** `socat` that asks HAProxy's socket to show something. */
export const judgeSocat = ({ options, operands, input }: Call): Impact | undefined => {
  const ends = operands.map(({ text }) => text ?? '')
  const toSocket =
    ends.length === 2 && ends.some(end => ownStreams.test(end)) && ends.some(end => socketPath.test(end))
  return isQuestion(input) && toSocket && options.length === 0
    ? { effect: 'read', because: 'asks a socket to show something' }
    : undefined
}
