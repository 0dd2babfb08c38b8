import { writeValue } from './fill-command.ts'
import { readShellContexts } from './shell-contexts.ts'

// Characters of Unicode's private use area mark the seal: no text of a person or a program means anything by them.
const opening = '\uE000'
const closing = '\uE001'
const seals = /\uE000([^\uE000\uE001]*)\uE001/g

/** What is shown in place of a secret. */
export const secretMask = '••••••'

/** Values of secret variables by name. They live in memory alone: no event, no journal, no screen holds them. */
export type Secrets = ReadonlyMap<string, string>

const typed = 'typed:'

/** The name of a secret that was found in a line as it was typed: it goes back as it stood there, quotes and all. */
export const typedSecret = (word: string): string => `${typed}${word}`

/** Stands for a secret's value in a session, in its events and in its journal. */
export const sealOf = (name: string): string => `${opening}${name}${closing}`

/** Tells whether a variable's value is a seal. */
export const isSeal = (value: string | undefined): boolean =>
  value?.startsWith(opening) === true && value.endsWith(closing)

/** A text with a mask in place of each seal, as people and other programs may see it. */
export const maskSeals = (text: string): string => text.replace(seals, secretMask)

/** What stands around the seals of a text, in order. */
export const secretParts = (text: string): readonly string[] => text.replace(seals, opening).split(opening)

/** A command with the secrets in the place of their seals, each quoted for its place; a seal whose secret is not known stays. */
export const revealSeals = (line: string, secrets: Secrets): string => {
  if (!line.includes(opening)) return line
  const contexts = readShellContexts(line)
  return line.replace(seals, (seal, name: string, offset: number) => {
    const value = secrets.get(name)
    if (value === undefined || name.startsWith(typed)) return value ?? seal
    return writeValue(value, contexts[offset] ?? 'plain')
  })
}

/** A text that someone typed with a seal in place of each secret that stands in it. */
export const sealSecrets = (text: string, secrets: Secrets): string =>
  [...secrets]
    .sort(([, a], [, b]) => b.length - a.length)
    .reduce((rest, [name, value]) => (value === '' ? rest : rest.replaceAll(value, sealOf(name))), text)
