import type { Outcome } from '../../base/index.ts'
import { notStarted } from '../local/word-outcome.ts'

/** What sudo says when it wants a password and nobody can give one. */
export const wantsPassword = (text: string): boolean =>
  /a password is required|a terminal is required|no tty present|no password was provided|must have a tty/.test(
    text,
  )

const isForbidden = (text: string): boolean => /may not run sudo|not in the sudoers|not allowed to/.test(text)

/** Why a command with sudo was not begun, from what sudo said. */
export const wordSudoRefusal = (host: string, text: string): Outcome => {
  if (isForbidden(text))
    return notStarted(
      'denied',
      `sudo does not let you run commands on ${host}: ${text.trim().split('\n').at(-1)} Ask who runs the machine for the right, or connect as a user who has it.`,
    )
  if (wantsPassword(text)) return needsPassword(host)
  const said = text.trim().split('\n').at(-1) ?? ''
  return notStarted('denied', `sudo does not work on ${host}: ${said} Mend that, or connect as root.`)
}

/** The outcome where sudo wants a password and nobody is asked for it. */
export const needsPassword = (host: string): Outcome =>
  notStarted(
    'denied',
    `sudo on ${host} asks for a password, and there is nobody to ask. Run it in a terminal (runtree open), or allow these commands without a password (NOPASSWD in sudoers).`,
  )

/** The outcome where sudo asked on the terminal and was not satisfied. */
export const passwordRefused = (host: string): Outcome =>
  notStarted(
    'denied',
    `sudo on ${host} was not satisfied, so the command was not run: the password was wrong or not given, or you may not become root there. Run the command again to be asked again.`,
  )

/** The outcome where there is no sudo to become root with. */
export const sudoAbsent = (host: string): Outcome =>
  notStarted(
    'not-found',
    `There is no sudo on ${host}, and you are not root there. Connect as root, or run the command without sudo if it does not need root.`,
  )
