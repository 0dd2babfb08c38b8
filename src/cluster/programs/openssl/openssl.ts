import { readText, writeText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { decodeKey, decodePublicKey, encodePublicKey } from '../../relations/certificate.ts'
import { isBefore, releaseOf } from '../../relations/userland.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import type { Machine } from '../../world/machine.ts'
import { modulusOf } from './key-material.ts'
import { makeKey, randomBytes, request, signRequest } from './make-certificates.ts'
import { sClient } from './s-client.ts'
import { verify } from './verify.ts'
import { cannotOpen, x509 } from './x509.ts'

/** What OpenSSL is called; since 3.0 with its library, which may be another. */
const versionText = (machine: Machine): string => {
  const name = `OpenSSL ${releaseOf(machine, 'openssl')}`
  return isBefore(machine, 'openssl', '3.0') ? name : `${name} (Library: ${name})`
}

/** `openssl rsa` and `openssl pkey`: the public part of a key. */
const key = (call: Call, args: readonly string[]): Reply => {
  const path = args.includes('-in') ? (args[args.indexOf('-in') + 1] ?? '') : ''
  const text = path === '' ? call.stdin : readText(call.machine.files, resolvePath(call.cwd, path))
  if (text === undefined) return { stderr: cannotOpen(path, 'private key'), exit: 1 }
  const keyId = args.includes('-pubin') ? decodePublicKey(text) : decodeKey(text)
  if (keyId === undefined)
    return { stderr: `Could not read private key from ${path === '' ? '<stdin>' : path}\n`, exit: 1 }
  const modulus = args.includes('-modulus') ? `Modulus=${modulusOf(keyId)}\n` : ''
  const check = args.includes('-check') ? 'RSA key ok\n' : ''
  const shown = args.includes('-noout') ? '' : args.includes('-pubout') ? encodePublicKey(keyId) : text
  const out = args.includes('-out') ? args[args.indexOf('-out') + 1] : undefined
  const stderr = args.includes('-noout') || args.includes('-pubin') ? '' : 'writing RSA key\n'
  if (out === undefined) return { stdout: `${check}${modulus}${shown}`, stderr }
  writeText(call.machine.files, resolvePath(call.cwd, out), {
    text: shown,
    mtimeMs: call.world.nowMs,
    ...(args.includes('-pubout') ? {} : { mode: 0o600 }),
  })
  return { stdout: `${check}${modulus}`, stderr }
}

const digests: Readonly<Record<string, readonly [tool: string, name: string]>> = {
  md5: ['md5sum', 'MD5'],
  sha1: ['sha1sum', 'SHA1'],
  sha256: ['sha256sum', 'SHA2-256'],
}

/** `openssl md5`, `openssl sha256`, `openssl dgst -sha256`: the digest of the input or of files. */
const digest = async (call: Call, name: string, files: readonly string[]): Promise<Reply> => {
  const [tool, shown] = digests[name] ?? ['sha256sum', 'SHA2-256']
  const ran = await call.passage.runHere([tool, ...files], { stdin: call.stdin })
  const rows = (ran.stdout ?? '').trimEnd().split('\n')
  const lines = rows.map((row, index) => `${shown}(${files[index] ?? 'stdin'})= ${row.split(/\s+/)[0] ?? ''}`)
  return { stdout: lines.map(line => `${line}\n`).join(''), stderr: ran.stderr ?? '', exit: ran.exit ?? 0 }
}

const run = (call: Call): Reply | Promise<Reply> => {
  const [word = 'help', ...args] = call.args
  const files = args.filter(arg => !arg.startsWith('-'))
  switch (word) {
    case 'x509':
      return args.includes('-req') ? signRequest(call, args) : x509(call, args)
    case 'genrsa':
    case 'genpkey':
      return makeKey(call, args)
    case 'req':
      return request(call, args)
    case 'rand':
      return randomBytes(call, args)
    case 'verify':
      return verify(call, args)
    case 's_client':
      return sClient(call, args)
    case 'rsa':
    case 'pkey':
    case 'ec':
      return key(call, args)
    case 'md5':
    case 'sha1':
    case 'sha256':
      return digest(call, word, files)
    case 'dgst':
      return digest(call, args.find(arg => digests[arg.slice(1)] !== undefined)?.slice(1) ?? 'sha256', files)
    case 'version':
      return { stdout: `${versionText(call.machine)}\n` }
    default:
      return { stderr: `Invalid command '${word}'; type "help" for a list.\n`, exit: 1 }
  }
}

/** openssl(1) 3.0: certificates, keys and servers are looked at, keys and certificates made. */
export const openssl: Program = { names: ['openssl'], isInstalled: everywhere, run }
