import { layers, places } from '../src/base/index.ts'
import { loadKnowledge } from '../src/cli/load-knowledge.ts'
import { resultDocs } from '../src/diagnosis/index.ts'
import { attributeDocs, frontMatterDocs, variableTypeDocs } from '../src/document/index.ts'
import { note, table } from './markdown.ts'

const rows = (docs: Readonly<Record<string, string>>): readonly (readonly string[])[] =>
  Object.entries(docs).map(([name, about]) => [`\`${name}\``, about])

const aboutPlaces: Readonly<Record<(typeof places)[number], string>> = {
  workstation: 'the machine at which the operator sits',
  node: 'any machine of the cluster',
  'control-plane': 'a machine that runs the control plane',
  worker: 'a machine that runs applications',
  planet: 'inside the Planet container of Gravity',
  pod: 'inside a pod',
}

const documentTable = [
  ['a heading', "a step; its id is GitHub's slug of the heading, so `#links` work on both sides"],
  ['an item of a numbered list that holds commands', 'a step below the heading: `slug-1`, `slug-2` …'],
  [
    'a fence tagged `bash`, `sh`, `shell`, `zsh`, `ksh`, `console`, or untagged with prompts',
    'commands; a loop, a here-document or a line that goes on is one command',
  ],
  ['a comment above a command or behind it', "the command's caption"],
  ['what follows a command in a `console` fence', 'a sample of its output; never run'],
  ['a fence of any other kind, a table, a paragraph', "the step's explanation"],
  [
    '`<pod-name>`, `NODE_NAME`, `YOUR_DOMAIN`, `{{name}}`, `coredns-xxx` in a command',
    'a placeholder, asked for once in a session',
  ],
  ['a link to `#slug` or `other.md#slug`', 'a way to go there'],
  ['the order of the document', 'the step that follows when no branch decides'],
]

const conditionTable = [
  ['`disk-full`', 'a cause, or a layer: any cause of it', 'an output of the step shows it'],
  ['`/regex/i`', 'a regular expression, line by line', 'a line of an output fits'],
  ['`"text"`', 'a text, whatever its case', 'a line of an output holds it'],
  ['`nodes.exists(n, !n.ready)`', 'CEL over facts and the names below', 'it is true'],
  ['`otherwise`', 'last of the conditions', 'all conditions above are known not to hold'],
  ['no code at all', "a person's choice", 'the person says so'],
]

const causeRows = (): readonly (readonly string[])[] => {
  const causes = [...loadKnowledge().causes.values()]
  return layers.flatMap(layer =>
    causes.filter(cause => cause.layer === layer).map(cause => [layer, `\`${cause.id}\``, cause.title]),
  )
}

/** The parts of docs/reference.md. */
export const referenceDoc = (): readonly string[] => [
  '# The runbook format',
  note,
  'A runbook is a Markdown file that reads well by itself. [authoring.md](authoring.md) shows how to make one.',
  '## What any Markdown file gives',
  table(['in the document', 'in the tree'], documentTable),
  '## Front matter',
  'YAML between two lines of three dashes at the very top; every key may be left out.',
  table(['key', 'holds'], rows(frontMatterDocs)),
  '### Types of variables',
  table(['type', 'its values'], rows(variableTypeDocs)),
  '### Places',
  table(
    ['place', 'is'],
    places.map(place => [`\`${place}\``, aboutPlaces[place]]),
  ),
  '## Attributes of a fence',
  'In braces behind the language: ```` ```bash {name=etcd where=control-plane timeout=30s} ````, or as JSON: `{"name":"etcd"}`. A name alone means `true`.',
  table(['attribute', 'does'], rows(attributeDocs)),
  '## Look-for items',
  'A list item that begins with inline code and goes on with a dash or a colon: what to watch for in the output, and what it means. Plain text is met whatever its case; `/…/` is a regular expression.',
  "    - `x509: certificate has expired` — the certificate is past its end\n    - `/dial tcp \\S+:6443: .*refused/` — nothing listens on the API server's port",
  '## Branches',
  'A list item with an arrow (→ or `->`) and a link behind it. Inline code before the arrow is the condition, the rest of the text is what the operator reads. Targets are `#slug`, `other.md#slug`, `#resolved` and `#escalate`.',
  '    - `disk-full` a filesystem is nearly full → [Free space](#free-space)\n    - only one application is affected → [Applications](#applications)\n    - otherwise → [Next layer](#network)',
  'Conditions are tried in order; the first that holds is recommended. What could not be looked at is *unknown*: it never branches, and it keeps `otherwise` from holding. So put choices behind `otherwise`, and use a regular expression where a fact may be missing.',
  table(['condition', 'is', 'holds when'], conditionTable),
  '### Names in conditions',
  'Besides the [facts](facts.md):',
  table(['name', 'holds'], rows(resultDocs)),
  '## Fix steps',
  'A step whose commands all change something. Nothing in it runs unasked. Say what it changes and how to undo it, and branch to a step that reads: `exit == 0` to the step that verifies, `exit != 0` elsewhere.',
  '## Causes',
  'The causes that a condition may name, from the outermost layer to the innermost.',
  table(['layer', 'cause', 'means'], causeRows()),
]
