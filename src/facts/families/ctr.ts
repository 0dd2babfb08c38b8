import { listFact, nothing, record, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import { parseSize } from '../text/size.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { shortId } from './cri-container.ts'
import { lineOf } from './json-value.ts'
import { asNumber, asText, type CellReader, matching } from './row-readers.ts'
import { runtimeCommand } from './runtime-command.ts'
import { type TableKind, tableFacts } from './table-facts.ts'

// Kubernetes' containers have ids of 64 digits, which crictl shows shortened.
const id: CellReader = cell => ({ id: /^[0-9a-f]{64}$/.test(cell) ? shortId(cell) : cell })

const tables: readonly TableKind[] = [
  {
    fact: 'containers',
    header: /^CONTAINER\|IMAGE\|RUNTIME$/,
    columns: { CONTAINER: id, IMAGE: asText('image'), RUNTIME: asText('runtime') },
    standard: 'CONTAINER|IMAGE|RUNTIME',
  },
  {
    fact: 'containers',
    header: /^TASK\|PID\|STATUS$/,
    columns: {
      TASK: id,
      PID: asNumber('pid'),
      STATUS: matching(/^[A-Z]+$/, cell => ({ state: cell.toLowerCase() })),
    },
    standard: 'TASK|PID|STATUS',
  },
  {
    fact: 'containerdPlugins',
    header: /^TYPE\|ID\|PLATFORMS\|STATUS$/,
    columns: {
      TYPE: matching(/^io\.containerd\./, asText('kind')),
      ID: asText('id'),
      PLATFORMS: asText('platforms'),
      STATUS: asText('status'),
    },
    standard: 'TYPE|ID|PLATFORMS|STATUS',
  },
]

// Names and types are too long for their columns, and the size is two words: `REF TYPE DIGEST 1.9 MiB PLATFORMS LABELS`.
const imagePattern =
  /^(\S+)\s+(application\/\S+)\s+(sha256:[0-9a-f]+)\s+([\d.]+ ?\w+)\s+(\S+)(?:\s+(\S+))?\s*$/

const imageOf = (text: string): FactValue | undefined => {
  const match = imagePattern.exec(text)
  if (match === null) return undefined
  const [, ref = '', , digest, size = ''] = match
  const tagged = /^(.*?):([\w.-]+)$/.exec(ref)
  const isDigest = ref.startsWith('sha256:')
  return record({
    image: isDigest ? undefined : (tagged?.[1] ?? ref),
    tag: isDigest ? undefined : tagged?.[2],
    digest,
    size: parseSize(size),
  })
}

const images = ({ stdout, exitCode }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const rows = lines.flatMap(({ number, text }) => {
    const value = imageOf(text)
    return value === undefined ? [] : [{ line: number, value }]
  })
  const none = (stdout.trim() === '' && exitCode === 1) || (lines.length === 1 && /^REF\s/.test(stdout))
  return rows.length > 0 || none ? listFact('images', rows) : nothing
}

const version = (text: string): Parsed => {
  const server = /^Server:\s*\n\s+Version:\s+(\S+)/m.exec(text)?.[1]
  if (server === undefined) return nothing
  return singleFact('runtime', {
    line: lineOf(text, 'Server:') + 1,
    value: { name: 'containerd', version: server },
  })
}

const isImages = (verb: string): boolean => verb === 'images' || verb === 'image' || verb === 'i'

const asked: Readonly<Record<string, string>> = {
  containers: 'containers',
  container: 'containers',
  c: 'containers',
  tasks: 'containers',
  task: 'containers',
  t: 'containers',
  plugins: 'containerdPlugins',
  plugin: 'containerdPlugins',
}

const parse = (input: ParserInput): Parsed => {
  const verb = runtimeCommand(input.argv)?.verb ?? ''
  if (verb === 'version') return version(input.stdout)
  if (isImages(verb) || /^REF\s+TYPE\s+DIGEST/m.test(input.stdout)) return images(input)
  return tableFacts({ tables, lines: linesOf(input.stdout), asked: asked[verb], exitCode: input.exitCode })
}

const lists = (operands: readonly string[]): boolean => ['ls', 'list', undefined].includes(operands[0])

/** containerd as its own tool tells it: `ctr containers|tasks|images|plugins ls`, `ctr version`, in any namespace. */
export const ctr: Parser = {
  name: 'ctr',
  gives: ['containers', 'images', 'containerdPlugins', 'runtime'],
  recognises: argv => {
    const command = runtimeCommand(argv)
    if (command?.program !== 'ctr') return false
    const { verb, operands } = command
    return verb === 'version' || ((isImages(verb) || verb in asked) && lists(operands))
  },
  recognisesText: text =>
    /^(?:REF\s+TYPE\s+DIGEST|TASK\s+PID\s+STATUS|CONTAINER\s+IMAGE\s+RUNTIME|TYPE\s+ID\s+PLATFORMS\s+STATUS)/m.test(
      text,
    ),
  parse,
}
