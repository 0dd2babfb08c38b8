import type { LendTerminal } from '../targets/index.ts'

/** Lends the terminal in the way of whoever holds it: at first nobody, later the full screen once it is up. */
export type TerminalLoan = { readonly lend: LendTerminal; readonly holdBy: (lend: LendTerminal) => void }

/** Creates a loan that lets every borrower through until a holder is named. */
export const createTerminalLoan = (): TerminalLoan => {
  let current: LendTerminal = use => use()
  return {
    lend: use => current(use),
    holdBy: lend => {
      current = lend
    },
  }
}
