import type { Command } from '../src/cli/command.ts'
import { commands, homeCommand } from '../src/cli/commands.ts'
import { commonOptions, type Option } from '../src/cli/options.ts'
import { plainWays } from '../src/cli/plain/plain-ways.ts'
import { factDocs } from '../src/facts/index.ts'
import { settingNames, settingOf, settingsSchema, starterText, variableOf } from '../src/settings/index.ts'
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

const plainWay = ({ id }: KeyEntry): string => {
  const way = plainWays[id]
  if (way === undefined) return ''
  return 'type' in way ? `\`${way.type}\`` : '–'
}

const keySection = ([tag, entries]: readonly [string, readonly KeyEntry[]]): string =>
  `## ${tag[0]?.toUpperCase()}${tag.slice(1)}\n\n${table(
    ['keys', 'does', 'where', 'with --plain'],
    entries.map(e => [
      e.keys.map(key => (key === '`' ? key : `\`${key}\``)).join(' '),
      e.description,
      e.where,
      plainWay(e),
    ]),
  )}`

const plainNote =
  'The last column is what is typed in linear text for the same. A dash: there is nothing to move, to scroll, to fold or to close there.'

const keysDoc = [
  '# Keys',
  note,
  plainNote,
  ...[...Map.groupBy(presentKeys(), entry => entry.tag)].map(keySection),
]

const factsDoc = [
  '# Facts',
  note,
  'What conditions may name. A name that no command of the step has collected makes the condition unknown.',
  table(
    ['fact', 'holds'],
    Object.entries(factDocs).map(([name, about]) => [`\`${name}\``, about]),
  ),
]

const usualOf = (name: (typeof settingNames)[number]): string => {
  const { kind, usual, otherwise = '' } = settingOf(name)
  return usual === undefined ? otherwise : `\`${kind.show(usual)}\``
}

const configDoc = [
  '# Settings',
  note,
  'One YAML file, `$XDG_CONFIG_HOME/runtree/config.yaml` (usually `~/.config/runtree/config.yaml`), says what is otherwise than usual. ' +
    'An option of the command line goes before an environment variable, that before the file, and that before what is usual. ' +
    'A key that is not known or a value that cannot be is an error with its line and column, and nothing is run; ' +
    '`--no-config` goes on without the file.',
  '`runtree config` shows what holds and where it comes from, `runtree config path` where the file lies, and `runtree config init` writes one to begin with. ' +
    '[config.schema.json](config.schema.json) is its JSON Schema, for editors.',
  table(
    ['setting', 'environment', 'option', 'takes', 'usually', 'about'],
    settingNames.map(name => {
      const { kind, option, about } = settingOf(name)
      return [
        `\`${name}\``,
        `\`${variableOf(name)}\``,
        option === undefined ? '' : `\`--${option}\``,
        kind.takes,
        usualOf(name),
        about,
      ]
    }),
  ),
  '## A file to begin with',
  `\`\`\`yaml\n${starterText()}\`\`\``,
]

const page = (parts: readonly string[]): string => `${parts.join('\n\n')}\n`

/** The generated documents: path from the project's top to text. */
export const docs: Readonly<Record<string, string>> = {
  'docs/cli.md': page(cliDoc),
  'docs/keys.md': page(keysDoc),
  'docs/config.md': page(configDoc),
  'docs/config.schema.json': `${JSON.stringify(settingsSchema(), undefined, 2)}\n`,
  'docs/facts.md': page(factsDoc),
  'docs/reference.md': page(referenceDoc()),
}
