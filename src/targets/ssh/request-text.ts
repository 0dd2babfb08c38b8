import type { CommandRequest } from '../../base/index.ts'

/** The names under which a request is known there: the word that frames its output, and the marker of its processes. */
export type RequestNames = { readonly nonce: string; readonly marker: string }

/** A request as `run-script.ts` reads it. */
export const requestText = ({ line, cwd = '' }: CommandRequest, { nonce, marker }: RequestNames): string =>
  `${nonce} ${marker} ${Buffer.byteLength(cwd)} ${Buffer.byteLength(line)}\n${cwd}${line}`
