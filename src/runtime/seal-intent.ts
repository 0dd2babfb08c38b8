import type { Redaction } from '../redaction/index.ts'
import { type Intent, maskSeals, type Secrets, sealOf, sealSecrets, typedSecret } from '../session/index.ts'

/** What an intent is sealed with. `keep` remembers a secret that was found in what someone typed. */
export type Sealing = {
  readonly secrets: Secrets
  readonly redaction: Redaction
  readonly keep: (name: string, value: string) => void
}

/** A typed line with a seal in place of what looks like a secret. */
const sealFound = (text: string, { redaction, keep }: Sealing): string =>
  text
    .split('\n')
    .map(line => {
      let sealed = ''
      let from = 0
      for (const { kind, start, end } of redaction.find(line)) {
        const secret = line.slice(start, end)
        const name = typedSecret(redaction.wordFor(kind, secret))
        keep(name, secret)
        sealed += line.slice(from, start) + sealOf(name)
        from = end
      }
      return sealed + line.slice(from)
    })
    .join('\n')

/** An intent with a seal in place of each secret that was typed into a text: a line, a note, an answer, a value. */
export const sealIntent = (intent: Intent, sealing: Sealing): Intent => {
  const line = (text: string): string => sealFound(sealSecrets(text, sealing.secrets), sealing)
  const prose = (text: string): string =>
    maskSeals(sealSecrets(sealing.redaction.text(text), sealing.secrets))
  switch (intent.type) {
    case 'run-ad-hoc':
      return { ...intent, line: line(intent.line) }
    case 'run-command':
      return intent.editedLine === undefined ? intent : { ...intent, editedLine: line(intent.editedLine) }
    case 'add-note':
      return { ...intent, text: prose(intent.text) }
    case 'answer-approval':
      return { ...intent, answer: maskSeals(sealSecrets(intent.answer, sealing.secrets)) }
    case 'set-variable':
      return sealing.redaction.find(intent.value).length === 0 ? intent : { ...intent, isSecret: true }
    default:
      return intent
  }
}
