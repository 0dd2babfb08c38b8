import type { Command } from '../src/cli/command.ts'
import { commands, homeCommand } from '../src/cli/commands.ts'
import { commonOptions, type Option } from '../src/cli/options.ts'
import { factDocs } from '../src/facts/index.ts'
import { type KeyEntry, presentKeys } from '../src/ui/index.ts'
import { note, table } from './markdown.ts'
import { referenceDoc } from './reference-doc.ts'

const optionRow = ({ name, value, about }: Option): readonly string[] => [
  `\`--${name}${value === undefined ? '' : ` ${value}`}\``,
  about,
]

const commandSection = (command: Command): string =>
  [
    `## ${command.name === '' ? 'runtree' : `runtree ${command.name}`}`,
    `\`${command.usage}\`: ${command.about}.`,
    `Example: \`${command.example}\``,
    ...(command.options.length > 0 ? [table(['option', 'does'], command.options.map(optionRow))] : []),
  ].join('\n\n')

const cliDoc = [
  '# Commands',
  note,
  'Every command also takes:',
  table(['option', 'does'], commonOptions.map(optionRow)),
  ...[homeCommand, ...commands].map(commandSection),
  '## Exit codes',
  table(
    ['code', 'means'],
    [
      ['0', 'healthy, resolved or done'],
      ['1', 'a problem was found or is unresolved'],
      ['2', 'wrong usage or a bad document'],
      ['3', 'the target or a command could not be run'],
      ['4', 'stopped to ask a person'],
      ['130', 'interrupted'],
    ],
  ),
]

const keySection = ([tag, entries]: readonly [string, readonly KeyEntry[]]): string =>
  `## ${tag[0]?.toUpperCase()}${tag.slice(1)}\n\n${table(
    ['keys', 'does', 'where'],
    entries.map(e => [
      e.keys.map(key => (key === '`' ? key : `\`${key}\``)).join(' '),
      e.description,
      e.where,
    ]),
  )}`

const keysDoc = ['# Keys', note, ...[...Map.groupBy(presentKeys(), entry => entry.tag)].map(keySection)]

const factsDoc = [
  '# Facts',
  note,
  'What conditions may name. A name that no command of the step has collected makes the condition unknown.',
  table(
    ['fact', 'holds'],
    Object.entries(factDocs).map(([name, about]) => [`\`${name}\``, about]),
  ),
]

const page = (parts: readonly string[]): string => `${parts.join('\n\n')}\n`

/** The generated documents: path from the project's top to text. */
export const docs: Readonly<Record<string, string>> = {
  'docs/cli.md': page(cliDoc),
  'docs/keys.md': page(keysDoc),
  'docs/facts.md': page(factsDoc),
  'docs/reference.md': page(referenceDoc()),
}
