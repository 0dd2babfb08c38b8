import { exitCodes } from './exit-codes.ts'

/** What a user error is made of: a stable code, what happened, what to do about it, and the exit code (2 unless given). */
export type UserErrorParts = {
  readonly code: string
  readonly message: string
  readonly hint: string
  readonly exitCode?: number
}

/** Something that the user can mend. Printed in two lines without a stack trace. */
export class UserError extends Error {
  readonly code: string
  readonly hint: string
  readonly exitCode: number

  constructor({ code, message, hint, exitCode = exitCodes.usage }: UserErrorParts) {
    super(message)
    this.name = 'UserError'
    this.code = code
    this.hint = hint
    this.exitCode = exitCode
  }
}
