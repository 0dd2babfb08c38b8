import { secretRules } from './rules.ts'
import type { FoundSecret, SecretRule } from './types.ts'

/** Without one of these no rule finds anything, and no block of secrets begins: lines that hold none, which is nearly all, cost this search alone. */
export const trigger: RegExp =
  /eyJ|bearer|authorization|token|secret|passw|passphrase|pass:|pwd|cookie|[_-]key|\bkey\b|apikey|creds|:\/\/[^/@\s]*@|auth"|dockerconfig|masterauth|requirepass|data[\\"]*:|-data|certificate[ -]?key|AKIA|ASIA|ABIA|ACCA|AIza|ya29\.|GOCSPX|sig=|Q~|K10[0-9a-f]|gh[pousr]_|github_pat|gl[a-z]{2,4}-|xox[a-z]-|hooks\.|webhooks|npm_|dckr_|hv[sbr]\.|[rs]k_|SG\.|\$[156y27]|\$apr|\$argon|AGE-|PRIVATE KEY|privatekey|presharedkey|accountkey|accesskey|sshpass|mysql|mariadb|smbclient|redis-cli|\blogin\b|--user|\s-u\s|_USER=|_AUTH=|CREDENTIALS=|USERPWD=|stats\s+auth|--proxy-user|[a-z0-9]{6}\.[a-z0-9]{16}/i

const overlaps = (found: readonly FoundSecret[], start: number, end: number): boolean =>
  found.some(one => start < one.end && end > one.start)

const matchesOf = (line: string, { kind, pattern, holds }: SecretRule): readonly FoundSecret[] =>
  [...line.matchAll(pattern)].flatMap(match => {
    const [start, end] = match.indices?.groups?.secret ?? [0, 0]
    return end > start && holds?.(line.slice(start, end)) !== false ? [{ kind, start, end }] : []
  })

/** Longer lines are searched in parts that overlap, so that a rule which looks far back stays cheap. UTF-16 units. */
const PART = 16_384
const OVERLAP = 1024

/** The secrets of one line, in order, none within another. */
export const findSecrets = (
  line: string,
  rules: readonly SecretRule[] = secretRules,
): readonly FoundSecret[] => {
  if (line.length > PART) return findInParts(line, rules)
  if (rules === secretRules && !trigger.test(line)) return []
  const found: FoundSecret[] = []
  for (const rule of rules)
    for (const one of matchesOf(line, rule)) if (!overlaps(found, one.start, one.end)) found.push(one)
  return found.sort((a, b) => a.start - b.start)
}

const findInParts = (line: string, rules: readonly SecretRule[]): readonly FoundSecret[] => {
  const found: FoundSecret[] = []
  for (let from = 0; from < line.length; from += PART - OVERLAP)
    for (const { kind, start, end } of findSecrets(line.slice(from, from + PART), rules)) {
      const one = { kind, start: from + start, end: from + end }
      if (!overlaps(found, one.start, one.end)) found.push(one)
    }
  return found.sort((a, b) => a.start - b.start)
}
