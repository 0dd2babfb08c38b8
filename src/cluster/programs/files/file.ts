import { bytesOfText } from '../../files/bytes.ts'
import { contentOf } from '../../files/content-of.ts'
import { findNode } from '../../files/look-up.ts'
import { resolvePath } from '../../files/paths.ts'
import { sizeOf } from '../../files/tree-totals.ts'
import { deviceNumbers } from '../../relations/device-numbers.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { type OptionTable, readOptions, unknownOption } from '../../text/read-options.ts'
import type { FileNode } from '../../world/file-node.ts'
import { specialOf } from './mode-text.ts'

const table: OptionTable = {
  b: 'brief',
  brief: 'brief',
  i: 'mime',
  mime: 'mime',
  'mime-type': 'mime-type',
  L: 'dereference',
  dereference: 'dereference',
  h: 'no-dereference',
  s: 'special-files',
  k: 'keep-going',
}

/** What a file is, and its media type. */
type Kind = readonly [text: string, mime: string]

const PROGRAM: Kind = [
  'ELF 64-bit LSB pie executable, x86-64, version 1 (SYSV), dynamically linked, interpreter /lib64/ld-linux-x86-64.so.2, for GNU/Linux 3.2.0, stripped',
  'application/x-pie-executable',
]

const programFolder = /^\/((usr\/(local\/)?)?s?bin|usr\/libexec|opt\/(cni\/)?bin)\//

const scripts: readonly (readonly [RegExp, string, string])[] = [
  [/^#! *(\/usr)?\/bin\/(env )?bash/, 'Bourne-Again shell script', 'text/x-shellscript'],
  [/^#! *(\/usr)?\/bin\/(env )?(da)?sh/, 'POSIX shell script', 'text/x-shellscript'],
  [/^#! *\S+(\/env )?.*python/, 'Python script', 'text/x-script.python'],
]

const known: readonly (readonly [RegExp, string, string])[] = [
  [/^-----BEGIN CERTIFICATE-----/, 'PEM certificate', 'text/plain'],
  [/^-----BEGIN RSA PRIVATE KEY-----/, 'PEM RSA private key', 'text/plain'],
  [/^-----BEGIN EC PRIVATE KEY-----/, 'PEM EC private key', 'text/plain'],
  [/^-----BEGIN OPENSSH PRIVATE KEY-----/, 'OpenSSH private key', 'text/plain'],
  [/^(ssh-\w+|ecdsa-\S+) AAAA/, 'OpenSSH public key', 'text/plain'],
]

const isJson = (text: string): boolean => {
  if (!/^\s*[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const endingsOf = (text: string): string => {
  const longest = Math.max(...text.split('\n').map(({ length }) => length))
  const long = longest > 300 ? `, with very long lines (${longest})` : ''
  if (!text.includes('\n')) return `${long}, with no line terminators`
  return text.includes('\r\n') ? `${long}, with CRLF line terminators` : long
}

const kindOfText = (text: string): Kind => {
  const encoding = /^[\0-\x7f]*$/.test(text) ? 'ASCII text' : 'Unicode text, UTF-8 text'
  const script = scripts.find(([pattern]) => pattern.test(text))
  if (script !== undefined) return [`${script[1]}, ${encoding} executable`, script[2]]
  const found = known.find(([pattern]) => pattern.test(text))
  if (found !== undefined) return [found[1], found[2]]
  return isJson(text) ? ['JSON data', 'application/json'] : [`${encoding}${endingsOf(text)}`, 'text/plain']
}

const kindOfFile = (node: FileNode, path: string): Kind => {
  if (sizeOf(node) === 0) return ['empty', 'inode/x-empty']
  if (path.endsWith('.journal')) return ['systemd journal', 'application/octet-stream']
  const text = contentOf(node, path)
  const isProgram = programFolder.test(path) && node.paddingBytes > 0
  if (text.startsWith('\x7fELF') || isProgram) return PROGRAM
  if (bytesOfText(text.slice(0, 2)).join() === '31,139')
    return ['gzip compressed data, from Unix', 'application/gzip']
  if (text === '') return ['ASCII text', 'text/plain']
  return text.includes('\0') ? ['data', 'application/octet-stream'] : kindOfText(text)
}

const kindOf = (call: Call, node: FileNode, path: string): Kind => {
  if (node.kind === 'symlink') {
    const isBroken = findNode(call, path, 'links') === undefined
    return [`${isBroken ? 'broken ' : ''}symbolic link to ${node.text}`, 'inode/symlink']
  }
  if (node.kind === 'directory')
    return [(node.mode & 0o1000) === 0 ? 'directory' : 'sticky, directory', 'inode/directory']
  const special = specialOf(node, path)
  if (special === 'pipe') return ['fifo (named pipe)', 'inode/fifo']
  if (special === 'socket') return ['socket', 'inode/socket']
  if (special === undefined) return kindOfFile(node, path)
  const numbers = (deviceNumbers(path) ?? '1, 3').replace(', ', '/')
  return special === 'block'
    ? [`block special (${numbers})`, 'inode/blockdevice']
    : [`character special (${numbers})`, 'inode/chardevice']
}

/** file(1) of version 5.41: what kind of file something is, by what it holds. */
export const file: Program = {
  names: ['file'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const read = readOptions(table, call.args)
    const problem = unknownOption('file', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const { options, words } = read
    if (words.length === 0)
      return {
        stderr:
          'Usage: file [-bcCdEhikLlNnprsSvzZ0] [--apple] [--extension] [--mime-encoding]\n            [--mime-type] [-e <testname>] [-F <separator>]  [-f <namefile>]\n            [-m <magicfiles>] [-P <parameter=value>] [--exclude-quiet]\n            <file> ...\n       file -C [-m <magicfiles>]\n       file [--help]\n',
        exit: 1,
      }
    const width = Math.max(...words.map(({ length }) => length)) + 1
    const lines = words.map(word => {
      const path = resolvePath(call.cwd, word)
      const node = findNode(call, path, options.has('dereference') ? 'links' : 'folders-only')
      const [text, mime]: Kind =
        node === undefined
          ? [
              `cannot open \`${word}' (No such file or directory)`,
              `cannot open \`${word}' (No such file or directory)`,
            ]
          : kindOf(call, node, path)
      const charset = /empty|x-|directory|octet|gzip|device|cannot/.test(mime) ? 'binary' : 'us-ascii'
      const shown = options.has('mime')
        ? `${mime}; charset=${charset}`
        : options.has('mime-type')
          ? mime
          : text
      return options.has('brief') ? shown : `${`${word}:`.padEnd(width)} ${shown}`
    })
    return { stdout: asText(lines) }
  },
}
