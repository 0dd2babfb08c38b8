import type { NotStartedReason, Outcome } from '../../base/index.ts'
import { notStarted } from '../local/word-outcome.ts'

/** A way in which ssh fails. `text` is what ssh says then; `advise` makes the message, given what is behind `ssh:`. */
type Failure = {
  readonly kind: string
  readonly text: RegExp
  readonly reason: NotStartedReason
  readonly advise: (name: string) => string
}

/** The wordings of OpenSSH, the more telling ones first. */
const failures: readonly Failure[] = [
  {
    kind: 'host-key-changed',
    text: /REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for .* has changed/,
    reason: 'denied',
    advise: name =>
      `${name} shows another host key than the known one: the machine was set up anew, or something stands in between. Compare the fingerprint with someone who runs it; only then remove the old key with ssh-keygen -R.`,
  },
  {
    kind: 'host-key-unknown',
    text: /Host key verification failed|host key is known for/,
    reason: 'denied',
    advise: name =>
      `The host key of ${name} is not known yet. Connect once by hand with ssh, compare the fingerprint and accept it.`,
  },
  {
    kind: 'authentication-failed',
    text: /Permission denied|Too many authentication failures|No more authentication methods/,
    reason: 'denied',
    advise: name =>
      `${name} does not let you in. Check the user name, and that your key is loaded (ssh-add -l) and listed in authorized_keys there.`,
  },
  {
    kind: 'refused',
    text: /Connection refused/,
    reason: 'unreachable',
    advise: name =>
      `${name} refuses the connection: nothing listens on that port. Check the port, and that sshd runs there.`,
  },
  {
    kind: 'lost-silent',
    text: /Timeout, server .* not responding/,
    reason: 'unreachable',
    advise: name =>
      `${name} no longer answers; the connection was given up. Check the machine and the network.`,
  },
  {
    kind: 'timed-out',
    text: /timed out/,
    reason: 'unreachable',
    advise: name =>
      `${name} does not answer in time. Check that the machine is up, and that no firewall drops the connection.`,
  },
  {
    kind: 'not-resolved',
    text: /Could not resolve hostname/,
    reason: 'unreachable',
    advise: name =>
      `The name of ${name} cannot be resolved. Check how it is written, DNS, and your ssh configuration.`,
  },
  {
    kind: 'no-route',
    text: /No route to host|Network is unreachable/,
    reason: 'unreachable',
    advise: name => `There is no way to ${name} through the network. Check routes, VPN and firewall.`,
  },
  {
    kind: 'configuration',
    text: /Bad configuration option|Bad owner or permissions|terminating, \d+ bad configuration|Can't open user config/,
    reason: 'refused',
    advise: name =>
      `ssh cannot read its configuration for ${name}. Try it by hand and correct what it names.`,
  },
  {
    kind: 'session-refused',
    text: /open refused by peer|session request failed|administratively prohibited/,
    reason: 'refused',
    advise: name =>
      `${name} takes no further command on this connection. Look at MaxSessions of its sshd, and whether it can still start processes.`,
  },
  {
    kind: 'lost',
    text: /closed by|Connection reset|Broken pipe|disconnect|kex_exchange_identification|Control socket connect/,
    reason: 'unreachable',
    advise: name =>
      `The connection to ${name} was closed from there. Check sshd and the machine; the next command connects again.`,
  },
]

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.trim() ?? ''

/** Where something failed: the name behind `ssh:`, and all that ssh said about it. */
export type FailureReport = { readonly name: string; readonly text: string }

/** An outcome for a connection that could not be made. */
export const wordFailure = ({ name, text }: FailureReport): Outcome => {
  const failure = failures.find(entry => entry.text.test(text))
  if (failure !== undefined) return notStarted(failure.reason, failure.advise(name))
  const said = lastLine(text)
  const why = said === '' ? 'ssh gave no reason' : `ssh says: ${said}`
  return notStarted('unreachable', `${name} cannot be reached; ${why}. Try ssh by hand.`)
}

/** An outcome for a connection that was lost while a command ran. What it printed was kept. */
export const wordLoss = ({ name, text }: FailureReport): Outcome => {
  const isSilent = failures.find(entry => entry.text.test(text))?.kind === 'lost-silent'
  const what = isSilent
    ? `${name} stopped answering while the command ran`
    : `The connection to ${name} was lost while the command ran`
  return {
    kind: 'lost',
    message: `${what}; whether it finished is not known. Check the machine and the network; the next command connects again.`,
  }
}

/** Tells whether a person at the terminal could mend it: with a password, a passphrase, or by confirming a host key. */
export const isForPerson = (text: string): boolean => {
  const kind = failures.find(entry => entry.text.test(text))?.kind
  return kind === 'authentication-failed' || kind === 'host-key-unknown'
}
