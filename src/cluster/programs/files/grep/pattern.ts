/** The three languages of patterns that grep(1) reads, and plain text. */
export type Dialect = 'basic' | 'extended' | 'perl' | 'fixed'

/** Thrown with grep's own words where a pattern is none. */
export class PatternError extends Error {}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

const classes: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
}

/** The escapes of GNU that POSIX lacks, and what stands for them here. */
const gnu: Readonly<Record<string, string>> = {
  '<': '\\b(?=\\w)',
  '>': '\\b(?<=\\w)',
  '`': '^',
  "'": '$',
}

/** Reads a pattern from its start to its end, piece by piece. */
class Reader {
  at = 0
  depth = 0
  readonly text: string
  readonly isBasic: boolean

  constructor(text: string, isBasic: boolean) {
    this.text = text
    this.isBasic = isBasic
  }

  /** A set in brackets: a backslash within is itself, and a bracket that comes first too. */
  set(): string {
    const from = this.at
    this.at += 1
    let read = '['
    if (this.text[this.at] === '^') {
      read += '^'
      this.at += 1
    }
    for (let isFirst = true; ; isFirst = false) {
      const letter = this.text[this.at]
      if (letter === undefined) throw new PatternError('Unmatched [, [^, [:, [., or [=')
      if (letter === ']' && !isFirst) break
      const named = /^\[:(\w+):\]/.exec(this.text.slice(this.at))
      if (named !== null) {
        const known = classes[named[1] ?? '']
        if (known === undefined) throw new PatternError('Invalid character class name')
        read += known
        this.at += named[0].length
        continue
      }
      if (letter === ':' && isFirst && /^:\w+:\]$/.test(this.text.slice(from + 1)))
        throw new PatternError('character class syntax is [[:space:]], not [:space:]')
      read += /[\\[\]^]/.test(letter) ? `\\${letter}` : letter
      this.at += 1
    }
    this.at += 1
    return `${read}]`
  }

  /** What an escape means: in a basic pattern it makes the signs of repetition and grouping, in an extended one it takes their meaning. */
  escape(): string {
    const letter = this.text[this.at + 1]
    if (letter === undefined) throw new PatternError('Trailing backslash')
    this.at += 2
    if (/[wWsSbB]/.test(letter)) return `\\${letter}`
    if (/[1-9]/.test(letter)) return `\\${letter}`
    if (this.isBasic && /[(){}|+?]/.test(letter)) return this.sign(letter)
    return gnu[letter] ?? escaped(letter)
  }

  sign(letter: string): string {
    if (letter === '(') this.depth += 1
    if (letter === ')') {
      if (this.depth === 0) throw new PatternError('Unmatched ) or \\)')
      this.depth -= 1
    }
    if (letter !== '{') return letter
    const bounds = /^(\d*)(,?)(\d*)(\\?)\}/.exec(this.text.slice(this.at))
    if (bounds === null || (bounds[4] === '\\') !== this.isBasic) return '\\{'
    this.at += bounds[0].length
    return `{${bounds[1] || '0'}${bounds[2]}${bounds[3]}}`
  }

  whole(): string {
    let read = ''
    while (this.at < this.text.length) {
      const letter = this.text[this.at] ?? ''
      const isStart =
        read === '' || /(?:^|[^\\])[(|]$/.test(read) || (letter === '*' && /(?:^|[^\\])\^$/.test(read))
      if (letter === '[') read += this.set()
      else if (letter === '\\') read += this.escape()
      else {
        this.at += 1
        // What may be repeated already says nothing new by a second star.
        const isSaid = letter === '*' && /(?:^|[^\\])\*$/.test(read)
        read += isSaid ? '' : this.plain(letter, isStart)
      }
    }
    if (this.depth > 0) throw new PatternError('Unmatched ( or \\(')
    return read
  }

  plain(letter: string, isStart: boolean): string {
    // A sign of repetition that has nothing before it is itself.
    if (letter === '*') return isStart ? '\\*' : '*'
    if (this.isBasic) {
      if (/[(){}|+?]/.test(letter)) return `\\${letter}`
      if (letter === '^') return isStart ? '^' : '\\^'
      if (letter === '$') return /^(?:$|\\[)|])/.test(this.text.slice(this.at)) ? '$' : '\\$'
      return letter === '/' ? '\\/' : letter
    }
    if (/[+?]/.test(letter)) return isStart ? `\\${letter}` : letter
    return /[(){|]/.test(letter) ? this.sign(letter) : letter === '}' ? '\\}' : letter
  }
}

/** Perl's escapes and marks that JavaScript spells otherwise. */
const fromPerl = (text: string): string => {
  const spelled = text
    .replace(/\\Q([\s\S]*?)(?:\\E|$)/g, (_, quoted: string) => escaped(quoted))
    .replace(/\\h/g, '[ \\t]')
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?>/g, '(?:')
    .replace(/([+*?}])\+/g, '$1')
    .replace(/\[:(\w+):\]/g, (whole, name: string) => classes[name] ?? whole)
    .replace(/^\(\?([ims]+)\)([\s\S]*)$/, '(?$1:$2)')
  const kept = spelled.lastIndexOf('\\K')
  return kept === -1 ? spelled : `(?<=${spelled.slice(0, kept)})${spelled.slice(kept + 2)}`
}

const ofDialect = (pattern: string, dialect: Dialect): string => {
  if (dialect === 'fixed') return escaped(pattern)
  if (dialect === 'perl') return fromPerl(pattern)
  return new Reader(pattern, dialect === 'basic').whole()
}

/** How a pattern is meant besides its dialect. */
export type Manner = { readonly ignoresCase: boolean; readonly span: 'any' | 'word' | 'line' }

/** One expression for several patterns; throws a PatternError. */
export const compilePatterns = (patterns: readonly string[], dialect: Dialect, manner: Manner): RegExp => {
  const choices = patterns.map(pattern => `(?:${ofDialect(pattern, dialect)})`).join('|')
  const source =
    manner.span === 'line'
      ? `^(?:${choices})$`
      : manner.span === 'word'
        ? `(?<!\\w)(?:${choices})(?!\\w)`
        : choices
  try {
    return new RegExp(source, manner.ignoresCase ? 'gi' : 'g')
  } catch (error) {
    const reason = error instanceof Error ? error.message : ''
    if (/Unterminated group/.test(reason)) throw new PatternError('missing closing parenthesis')
    if (/Unmatched '\)'/.test(reason)) throw new PatternError('unmatched closing parenthesis')
    throw new PatternError(
      /Nothing to repeat/.test(reason)
        ? 'quantifier does not follow a repeatable item'
        : 'Invalid regular expression',
    )
  }
}
