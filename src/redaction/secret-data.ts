import type { FoundSecret } from './types.ts'

const objects = /\\?"(?:data|stringData)\\?"\s*:\s*\{(?<entries>[^{}]*)\}/dg
const entry = /\\?"[\w.-]{1,253}\\?"\s*:\s*\\?"(?<secret>(?:[^"\\]|\\(?!").){1,20000}?)\\?"/dg
const ofSecret = /\\?"kind\\?"\s*:\s*\\?"Secret(?:List)?\\?"/

/** Tells whether a value is base64 that is hardly a plain word: padded, or long. */
export const isEncoded = (value: string): boolean =>
  /^[A-Za-z0-9+/]{2,}={0,2}$/.test(value) &&
  value.length % 4 === 0 &&
  (/=$/.test(value) ? value.length >= 8 : value.length >= 24 && /\d/.test(value) && /[A-Z]/.test(value))

/** The values of the data of Secrets within a line of JSON, in whole or in part; `all` where the command asked for Secrets. */
export const findSecretData = (line: string, all: boolean): readonly FoundSecret[] => {
  if (!line.includes('ata')) return []
  const sure = all || ofSecret.test(line)
  return [...line.matchAll(objects)].flatMap(object => {
    const [from] = object.indices?.groups?.entries ?? [0, 0]
    return [...(object.groups?.entries ?? '').matchAll(entry)].flatMap(match => {
      const [start, end] = match.indices?.groups?.secret ?? [0, 0]
      return sure || isEncoded(match.groups?.secret ?? '')
        ? [{ kind: 'secret-data', start: from + start, end: from + end }]
        : []
    })
  })
}
