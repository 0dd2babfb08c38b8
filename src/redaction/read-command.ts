/** What a command lets its output be taken for: `data` prints Secrets as objects, `bare` prints nothing but a secret. */
export type OutputNature = 'plain' | 'data' | 'bare'

const printsOnlySecrets =
  /\bgravity\s+status\b[^|;&]*--token|\bkubeadm\s+(?:alpha\s+)?certs\s+certificate-key|\bkubeadm\s+token\s+(?:create|generate)\b(?![^|;&]*--print-join-command)|\bwg\s+gen(?:key|psk)\b|\bcat\b[^|;&]*(?:node-token|agent-token|\/serviceaccount\/token|\.pgpass|\.vault-token|\/server\/token)\b|\bvault\b[^|;&]*\s-field\b|get-login-password|print-(?:access|identity)-token|\bget-access-token\b|\boc\s+whoami\s+(?:-t|--show-token)|\bk3s\s+token\s+(?:create|generate)/
const printsSecretField =
  /\b(?:get|kctl)\b[^|;&]*\bsecrets?\b[^|;&]*(?:jsonpath|template|custom-columns)[^|;&]*\bdata\b/
const looksOnly = /\|\s*(?:sudo\s+)?(?:openssl|wc|sha\d+sum|md5sum|grep\s+-[a-zA-Z]*[cq])\b/
const printsSecrets = /\b(?:get|edit|view|decrypt)\b[^|;&]*\bsecrets?\b|\bsecrets?\b[^|;&]*\s-o\b/

/** What is to be expected of a command's output, by its line alone. */
export const readCommand = (line: string): OutputNature => {
  if (printsOnlySecrets.test(line)) return 'bare'
  if (printsSecretField.test(line)) return looksOnly.test(line) ? 'plain' : 'bare'
  return printsSecrets.test(line) ? 'data' : 'plain'
}
