import type { Layer, Place, Span } from '../base/index.ts'

/** Lines of the source, counted from 1, both ends included. */
export type LineRange = { readonly first: number; readonly last: number }

/** A Markdown file as read. Line numbers everywhere are those of the file, front matter included. */
export type RunbookDocument = {
  /** The name under which the library knows the document. */
  readonly name: string
  readonly frontMatter: FrontMatter
  /** The source lines without their ends; tabs and indentation as written. */
  readonly lines: readonly string[]
  /** In document order; the first has level 0 when text stands before the first heading. */
  readonly sections: readonly Section[]
  /** Every `#anchor` that a link can name (headings at any depth, HTML ids), with the slug of the section that holds it. */
  readonly anchors: ReadonlyMap<string, string>
}

/** The types a variable of the front matter may be declared to have. */
export type DeclaredType =
  | 'ip'
  | 'host'
  | 'port'
  | 'name'
  | 'path'
  | 'number'
  | 'duration'
  | 'text'
  | 'secret'

/** What the front matter says, with the line of each entry. Everything that was wrong is left out and told as a diagnostic. */
export type FrontMatter = {
  readonly present: boolean
  readonly title: string | undefined
  readonly summary: string | undefined
  /** Default place of the document's commands. */
  readonly where: Place | undefined
  /** Slug of the step where guided triage begins. */
  readonly start: DeclaredStart | undefined
  readonly symptoms: readonly DeclaredSymptom[]
  readonly variables: readonly DeclaredVariable[]
  readonly requires: readonly string[]
  /** Layer of every step that `layers` does not name. */
  readonly layer: Layer | undefined
  /** Layer by step slug; it holds for the steps below too. */
  readonly layers: readonly DeclaredLayer[]
}

/** `start` of the front matter: a slug. */
export type DeclaredStart = { readonly slug: string; readonly line: number }

/** One entry of `symptoms`; `go` is a slug or `other.md#slug`. */
export type DeclaredSymptom = { readonly say: string; readonly go: string; readonly line: number }

/** One entry of `variables`. */
export type DeclaredVariable = {
  readonly name: string
  readonly about: string | undefined
  readonly type: DeclaredType | undefined
  readonly from: string | undefined
  /** Texts of commands that stand for it besides its name: the values of the author's own cluster. */
  readonly spellings: readonly string[]
  readonly line: number
}

/** One entry of `layers`. */
export type DeclaredLayer = { readonly slug: string; readonly layer: Layer; readonly line: number }

/** A heading and what stands under it, up to the next heading. */
export type Section = {
  /** GitHub's slug of the heading, unique in the document. */
  readonly slug: string
  /** The heading's text without markup. */
  readonly title: string
  /** 1–6; 0 for text before the first heading. */
  readonly level: number
  /** From the heading to the line before the next one. */
  readonly lines: LineRange
  /** The lines below the heading; `first` is greater than `last` when there are none. */
  readonly body: LineRange
  readonly blocks: readonly Block[]
}

/** A block of a section, as far as a runbook tells blocks apart. */
export type Block = ProseBlock | CommandBlock | ListBlock | QuoteBlock | HiddenBlock

/** Anything that is only read: paragraphs, tables, code in other languages, HTML. */
export type ProseBlock = {
  readonly kind: 'prose'
  readonly lines: LineRange
  /** Empty for code. */
  readonly inlines: readonly Inline[]
}

/** A fence whose content is commands. */
export type CommandBlock = {
  readonly kind: 'commands'
  readonly lines: LineRange
  /** What stands before the fence on its lines: indentation and quote marks, list markers as blanks. */
  readonly prefix: string
  readonly attributes: FenceAttributes
  readonly parts: readonly FencePart[]
}

/** A list. */
export type ListBlock = {
  readonly kind: 'list'
  readonly ordered: boolean
  readonly lines: LineRange
  readonly items: readonly ListItem[]
}

/** An item of a list; `indent` is the column, counted from 0, where its content begins. */
export type ListItem = {
  readonly lines: LineRange
  readonly indent: number
  readonly blocks: readonly Block[]
}

/** A block quote or an admonition. */
export type QuoteBlock = {
  readonly kind: 'quote'
  readonly lines: LineRange
  readonly blocks: readonly Block[]
}

/** An HTML comment or a rule: nothing to read. */
export type HiddenBlock = { readonly kind: 'hidden'; readonly lines: LineRange }

/** A piece of running text with its markup resolved. `href` is as written. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }

/** What the braces behind a fence's language say. */
export type FenceAttributes = {
  readonly name: string | undefined
  readonly where: Place | undefined
  readonly timeoutMs: number | undefined
  readonly interactive: boolean | undefined
  readonly follow: boolean | undefined
  readonly cwd: string | undefined
  readonly effect: 'read' | 'change' | 'destructive' | undefined
  readonly optional: boolean
  readonly excludeFromRunAll: boolean
}

/** A piece of a command fence, in order: something to run, or text that only looks like it. */
export type FencePart = DocumentCommand | FenceText

/** One logical command. */
export type DocumentCommand = {
  readonly kind: 'command'
  /** Continuation lines joined, prompt and trailing comment taken off; a loop or heredoc keeps its lines. */
  readonly run: string
  /** One line, made of the comments that belong to the command. */
  readonly caption: string | undefined
  /** The place that the prompt names. */
  readonly place: Place | undefined
  /** Output that the document shows below the command. */
  readonly sample: string | undefined
  readonly span: Span
}

/** Lines of a command fence that are no command: listings, settings, longer comments. */
export type FenceText = { readonly kind: 'text'; readonly text: string; readonly lines: LineRange }
