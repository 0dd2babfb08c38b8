import type { Redirection } from 'unbash'
import { expandWhole } from './expand-word.ts'
import { type Found, foundPlain } from './found.ts'
import type { Scope } from './scope.ts'
import type { Input } from './tool.ts'

const harmless = /^(?:\/dev\/(?:null|stdout|stderr|tty|fd\/\d+)|\/proc\/self\/fd\/[12])$/

/** The stages that redirections add: a write to anything but `/dev/null`, the terminal or an open descriptor is a change. */
export const walkRedirects = (redirects: readonly Redirection[], scope: Scope): readonly Found[] =>
  redirects.flatMap(redirect => {
    if (redirect.type !== 'Redirect' || redirect.operator === '<' || redirect.operator === '<&') return []
    if (redirect.target === undefined)
      return [foundPlain(redirect.operator, 'unknown', 'redirects to nothing')]
    const target = expandWhole(redirect.target, scope.variables)
    if (target.text !== undefined && harmless.test(target.text)) return []
    if (redirect.operator === '>&' && /^(?:\d+-?|-)$/.test(target.text ?? '')) return []
    return [foundPlain(redirect.operator, 'change', `writes to ${target.text ?? target.source}`)]
  })

/** Where a command reads from once its redirections are made; the last one counts. */
export const inputOf = (redirects: readonly Redirection[], scope: Scope): Input =>
  redirects.reduce<Input>((input, redirect) => {
    if (redirect.type === 'HereDoc') return textInput(hereDocText(redirect))
    if (redirect.type === 'HereString')
      return textInput(redirect.target && expandWhole(redirect.target, scope.variables).text)
    return redirect.operator.startsWith('<') &&
      (redirect.descriptor === undefined || isStdin(redirect.descriptor))
      ? { kind: 'redirected' }
      : input
  }, scope.input)

const isStdin = (descriptor: NonNullable<Redirection['descriptor']>): boolean =>
  descriptor.type === 'FileDescriptor' && descriptor.value === 0

const hereDocText = (redirect: Extract<Redirection, { type: 'HereDoc' }>): string | undefined =>
  (redirect.body.parts ?? []).every(part => part.type === 'Literal') ? redirect.body.text : undefined

const textInput = (text: string | undefined): Input =>
  text === undefined ? { kind: 'redirected' } : { kind: 'text', text }
