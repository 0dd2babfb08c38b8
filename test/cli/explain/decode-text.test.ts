import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeText, NotText } from '../../../src/cli/explain/decode-text.ts'

async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 5) yield bytes.subarray(at, at + 5)
}

const decode = async (bytes: Buffer): Promise<string> => {
  let text = ''
  for await (const piece of decodeText(inPieces(bytes))) text += piece
  return text
}

describe('bytes become text', () => {
  it.each([
    ['UTF-8', Buffer.from('kubelet → läuft\n')],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffkubelet → läuft\n')],
    ['UTF-16', Buffer.from('\ufeffkubelet → läuft\n', 'utf16le')],
    ['gzip', gzipSync('kubelet → läuft\n')],
    ['Windows line ends', Buffer.from('kubelet → läuft\r\n')],
    ['cursor moves', Buffer.from('\u001b[2Kkubelet → läuft\n')],
  ])('from %s', async (_, bytes) => {
    expect(await decode(bytes)).toBe('kubelet → läuft\n')
  })

  it('with bytes replaced that mean nothing', async () => {
    expect(await decode(Buffer.from([0x61, 0xff, 0x62]))).toBe('a\ufffdb')
  })

  it('not from a program or an archive', async () => {
    await expect(decode(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0]))).rejects.toBeInstanceOf(NotText)
    await expect(decode(gzipSync(Buffer.from([1, 0, 0, 0, 2])))).rejects.toBeInstanceOf(NotText)
  })

  it('not from a compressed file that is cut off', async () => {
    const whole = gzipSync('x'.repeat(5000) + Math.PI)
    await expect(decode(whole.subarray(0, whole.length - 10))).rejects.toThrow()
  })
})
