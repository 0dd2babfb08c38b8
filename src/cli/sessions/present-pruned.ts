import { formatCounted } from '../../base/index.ts'
import { bytesOf, type WeighedSession } from '../../runtime/index.ts'
import { print } from '../print.ts'
import { wordBytes } from './word-bytes.ts'

/** A session that stays although the limits say it may go. */
export type Spared = { readonly session: WeighedSession; readonly because: string }

/** What went, or would go, and what did not. */
export type Pruned = {
  readonly removed: readonly WeighedSession[]
  readonly spared: readonly Spared[]
  readonly left: readonly WeighedSession[]
}

/** The bytes of several sessions. */
export const totalOf = (sessions: readonly WeighedSession[]): number =>
  sessions.reduce((sum, session) => sum + bytesOf(session), 0)

const lastUsed = ({ usedMs }: WeighedSession): string => new Date(usedMs).toISOString()

const rowOf = (word: string, session: WeighedSession): string =>
  [
    word,
    session.id,
    `last used ${lastUsed(session).slice(0, 10)}`,
    wordBytes(bytesOf(session)).padStart(8),
  ].join('  ')

/** A row for each session that may go. */
export const presentRows = (word: string, sessions: readonly WeighedSession[]): readonly string[] =>
  sessions.map(session => rowOf(word, session))

const widthOf = (word: string): number => Math.max(word.length, 'stays'.length)

/** Prints what went, with a word for it (`removed`, `would go`), what did not and why, and what is left. */
export const tellPruned = (word: string, { removed, spared, left }: Pruned): void => {
  presentRows(word.padEnd(widthOf(word)), removed).forEach(print.out)
  for (const { session, because } of spared)
    print.out(`${rowOf('stays'.padEnd(widthOf(word)), session)}  ${because}`)
  print.out(
    `${word}: ${formatCounted(removed.length, 'session')}, ${wordBytes(totalOf(removed))}; left: ${formatCounted(left.length, 'session')}, ${wordBytes(totalOf(left))}.`,
  )
}

/** The same for machines. */
export const prunedJson = ({ removed, spared, left }: Pruned) => ({
  removed: removed.map(session => ({
    id: session.id,
    path: session.path,
    lastUsed: lastUsed(session),
    bytes: bytesOf(session),
  })),
  spared: spared.map(({ session, because }) => ({ id: session.id, because })),
  freedBytes: totalOf(removed),
  left: { sessions: left.length, bytes: totalOf(left) },
})
