import { type Intent, maskSeals, type Secrets, sealSecrets } from '../session/index.ts'

/** An intent with a seal in place of each secret that was typed into a text: a line, a note, an answer. */
export const sealIntent = (intent: Intent, secrets: Secrets): Intent => {
  if (secrets.size === 0) return intent
  switch (intent.type) {
    case 'run-ad-hoc':
      return { ...intent, line: sealSecrets(intent.line, secrets) }
    case 'run-command':
      return intent.editedLine === undefined
        ? intent
        : { ...intent, editedLine: sealSecrets(intent.editedLine, secrets) }
    case 'add-note':
      return { ...intent, text: maskSeals(sealSecrets(intent.text, secrets)) }
    case 'answer-approval':
      return { ...intent, answer: maskSeals(sealSecrets(intent.answer, secrets)) }
    default:
      return intent
  }
}
