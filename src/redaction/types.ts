/** What kind of secret a rule finds; also the stem of the word that stands for it. */
export type SecretKind = string

/** A rule that finds secrets within one line. The part of the expression called `secret` is what is masked. */
export type SecretRule = {
  readonly kind: SecretKind
  /** A regular expression, in any case, that every line matches in which the rule may find something: cheap, so that most lines cost no more. */
  readonly hint: string
  /** Global, with a group named `secret` and the flag `d`. */
  readonly pattern: RegExp
  /** Tells whether what was found is a secret after all; left out where the expression says it. */
  readonly holds?: (secret: string) => boolean
}

/** What a secret of an operator's own looks like; the group `secret` is masked, or the whole match without one. */
export type OwnSecret = {
  readonly name: SecretKind
  /** A regular expression that compiles. */
  readonly source: string
  readonly case: 'as-written' | 'any'
}

/** A secret within a text: where it stands, counted in UTF-16 units from 0, and what it is. */
export type FoundSecret = {
  readonly kind: SecretKind
  readonly start: number
  readonly end: number
}

/** How often secrets of a kind were masked. */
export type MaskCounts = Readonly<Record<SecretKind, number>>
