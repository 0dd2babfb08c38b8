import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** A wording as some version of a program prints it, and the cause that stands first for it; none where all is well. */
export type Wording = {
  readonly cause?: string
  readonly healthy?: true
  /** The cause that a healthy output could be mistaken for. */
  readonly near?: string
  readonly command: string
  readonly output?: string
  readonly stderr?: string
  readonly exit?: number
}

const folder = new URL('../fixtures/diagnosis/wordings/', import.meta.url)

/** All wordings of the fixtures. */
export const readWordings = (): readonly Wording[] =>
  readdirSync(folder)
    .sort()
    .flatMap(name => parse(readFileSync(new URL(name, folder), 'utf8')) as readonly Wording[])
