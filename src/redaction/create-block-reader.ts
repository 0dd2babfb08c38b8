import type { OutputNature } from './read-command.ts'
import { findSecretData, isEncoded } from './secret-data.ts'
import type { FoundSecret } from './types.ts'

/** Finds secrets that only the lines before them tell of; wants every line of a stream, in order. */
export type BlockReader = {
  readonly read: (line: string) => readonly FoundSecret[]
  /** Tells whether the line to come may be a secret as a whole. */
  readonly isInside: () => boolean
}

type Block =
  | { readonly kind: 'key' | 'etcd' | 'certificate-key' }
  | { readonly kind: 'data'; readonly indent: number; readonly sure: boolean }

const indentOf = (line: string): number => line.length - line.trimStart().length
const keyBegins = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----\s*$/
const keyEnds = /-----END /
const dataBegins = /^\s*(?:data|stringData):\s*$|^\s*"(?:data|stringData)"\s*:\s*\{\s*$/
const dataEntry = /^\s*"?[\w.-]{1,253}"?:\s*["']?(?<secret>[^"',\s|>].*?)["']?,?\s*$/d

const whole = (kind: string, line: string): readonly FoundSecret[] => {
  const start = indentOf(line)
  const end = line.trimEnd().length
  return end > start ? [{ kind, start, end }] : []
}

const begun = (line: string, nature: OutputNature): Block | undefined => {
  if (keyBegins.test(line)) return { kind: 'key' }
  if (line.startsWith('/registry/secrets/')) return { kind: 'etcd' }
  if (/certificate key:\s*$/i.test(line)) return { kind: 'certificate-key' }
  return dataBegins.test(line) ? { kind: 'data', indent: indentOf(line), sure: nature === 'data' } : undefined
}

/** Tells whether a line stands outside the block that the lines before it opened. */
const leaves = (block: Block, line: string): boolean => {
  switch (block.kind) {
    case 'key':
      return keyEnds.test(line)
    case 'etcd':
      return line.startsWith('/registry/')
    case 'certificate-key':
      return !/^\s*[0-9a-f]{64}\s*$/.test(line)
    case 'data':
      return line.trim() !== '' && indentOf(line) <= block.indent
  }
}

const inData = (line: string, sure: boolean): readonly FoundSecret[] => {
  const match = dataEntry.exec(line)
  const [start, end] = match?.indices?.groups?.secret ?? [0, 0]
  if (end > start)
    return sure || isEncoded(line.slice(start, end)) ? [{ kind: 'secret-data', start, end }] : []
  const isName = /^\s*"?[\w.-]{1,253}"?:\s*[|>{]?[+-]?\s*$/.test(line)
  return sure && !isName ? whole('secret-data', line) : []
}

const within = (block: Block, line: string): readonly FoundSecret[] => {
  switch (block.kind) {
    case 'key':
      return whole('private-key', line)
    case 'etcd':
      return whole('etcd-value', line)
    case 'certificate-key':
      return whole('certificate-key', line)
    case 'data':
      return inData(line, block.sure)
  }
}

/** Creates a reader for one stream of a command whose output is of the given nature. */
export const createBlockReader = (nature: OutputNature): BlockReader => {
  let block: Block | undefined
  const read = (line: string): readonly FoundSecret[] => {
    if (nature === 'bare') return whole('secret-data', line)
    if (block !== undefined && !leaves(block, line)) return within(block, line)
    block = begun(line, nature)
    return findSecretData(line, nature === 'data')
  }
  return { read, isInside: () => nature === 'bare' || block !== undefined }
}
