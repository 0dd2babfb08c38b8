import type { AttributeName } from './fence/read-attributes.ts'
import type { elementSchemas, plainSchemas } from './front-matter/front-matter-schema.ts'
import type { DeclaredType } from './types.ts'

/** What each key of a front matter is for. */
export const frontMatterDocs = {
  title: 'The title; otherwise the first heading.',
  summary: 'What the runbook is for, in one line.',
  where: 'The place for which its commands are meant unless they say otherwise.',
  start: 'The slug of the step where triage begins; otherwise the first step.',
  symptoms:
    'A list of `{say, go}`: what someone would complain of, and the step to begin with (`slug` or `other.md#slug`).',
  variables:
    "Placeholders by name, each with `about` (what it is), `type`, `from` (a CEL expression over facts that suggests values) and `spellings` (texts of commands that stand for it besides its name: values of the author's own cluster, such as `10.244.2.15`).",
  requires: 'Programs that the commands need; `runtree doctor` looks for them.',
  layer: 'The layer of all steps.',
  layers: 'Layers by the slug of a step; one holds for the steps below it too.',
} as const satisfies Readonly<Record<keyof typeof plainSchemas | keyof typeof elementSchemas, string>>

/** What each attribute of a fence does. */
export const attributeDocs = {
  name: 'The name of its commands; otherwise they are numbered.',
  where: 'The place where its commands run: one of the places, or the name of a machine.',
  timeout: 'After this time a command is stopped, and branches may test `timedOut`.',
  interactive: 'The commands take over the terminal: editors, pagers, shells. Never run unasked.',
  follow: 'The commands do not end by themselves. Never run unasked.',
  cwd: 'The directory in which they run.',
  effect:
    '`read`, `change` or `destructive`, where a command does more than can be seen from it. It counts only where it is stricter.',
  optional: 'The step can be judged without them: a program may be missing, or a value unknown.',
  excludeFromRunAll: 'Not run with the other reads of the step; a person starts them one by one.',
} as const satisfies Readonly<Record<AttributeName, string>>

/** What the values of each type of variable look like. */
export const variableTypeDocs = {
  ip: 'An IPv4 or IPv6 address.',
  host: 'A host name or an address.',
  port: 'A port, 1 to 65535.',
  name: 'A name as Kubernetes takes it: small letters, digits, dashes, dots.',
  path: 'A path.',
  number: 'A whole number.',
  duration: 'A duration such as `30s`, `5m`, `2h`.',
  text: 'Any text.',
  secret: 'Any text that nobody else should see.',
} as const satisfies Readonly<Record<DeclaredType, string>>
