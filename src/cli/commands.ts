import type { Command } from './command.ts'
import { drillOptions, sessionOptions, targetOptions } from './options.ts'

const plain = {
  name: 'plain',
  about: 'linear text with numbered choices instead of the full screen',
} as const

/** The screen that opens when no command is named. */
export const homeCommand: Command = {
  name: '',
  about: 'the home screen: runbooks, earlier sessions, target',
  usage: 'runtree',
  example: 'runtree',
  options: [...sessionOptions, plain],
  operands: { least: 0, most: 0 },
  load: async () => (await import('./commands/home.ts')).runHome,
}

/** Every command of the program, in the order of the help. */
export const commands: readonly Command[] = [
  {
    name: 'open',
    about: 'walk a runbook, guided, in the terminal',
    usage: 'runtree open RUNBOOK[#STEP]',
    example: 'runtree open mks-node#disk',
    options: [...sessionOptions, plain],
    operands: { least: 1, most: 1 },
    load: async () => (await import('./commands/open.ts')).runOpen,
  },
  {
    name: 'auto',
    about: 'walk a runbook without a screen: reads only, follows the branches, never asks',
    usage: 'runtree auto RUNBOOK[#STEP]',
    example: 'runtree auto mks-node --json',
    options: sessionOptions,
    operands: { least: 1, most: 1 },
    load: async () => (await import('./commands/auto.ts')).runAuto,
  },
  {
    name: 'tree',
    about: 'show a runbook as a decision tree',
    usage: 'runtree tree RUNBOOK',
    example: 'runtree tree mks-node --mermaid',
    options: [{ name: 'mermaid', about: 'print a Mermaid flowchart' }],
    operands: { least: 1, most: 1 },
    load: async () => (await import('./commands/tree.ts')).runTree,
  },
  {
    name: 'lint',
    about: 'check documents: links, conditions, patterns, commands',
    usage: 'runtree lint FILES…',
    example: 'runtree lint runbooks/*.md',
    options: [],
    operands: { least: 1, most: Number.POSITIVE_INFINITY },
    load: async () => (await import('./commands/lint.ts')).runLint,
  },
  {
    name: 'test',
    about: "run documents' test cases: which branch a step takes on given outputs",
    usage: 'runtree test [DIR…]',
    example: 'runtree test test/runbooks',
    options: [],
    operands: { least: 0, most: Number.POSITIVE_INFINITY },
    load: async () => (await import('./commands/test.ts')).runTest,
  },
  {
    name: 'classify',
    about: 'say what a command would do: read, change, destroy',
    usage: 'runtree classify [CMD…]',
    example: "runtree classify 'kubectl get pods | xargs kubectl delete pod'",
    options: [{ name: 'stdin', about: 'read commands from standard input, one a line' }],
    operands: { least: 0, most: Number.POSITIVE_INFINITY },
    load: async () => (await import('./commands/classify.ts')).runClassify,
  },
  {
    name: 'explain',
    about: 'diagnose output that was collected already: files, folders, or standard input',
    usage: 'runtree explain [FILE…]',
    example: 'journalctl -u kubelet | runtree explain',
    options: [
      { name: 'command', value: 'CMD', about: 'the command that printed it; otherwise told from the text' },
    ],
    operands: { least: 0, most: Number.POSITIVE_INFINITY },
    load: async () => (await import('./commands/explain.ts')).runExplain,
  },
  {
    name: 'facts',
    about: "print the facts in a command's output: of files, folders, or standard input",
    usage: 'runtree facts [--command CMD] [FILE…]',
    example: "df -h | runtree facts --command 'df -h' --json",
    options: [{ name: 'command', value: 'CMD', about: 'the command that printed it' }],
    operands: { least: 0, most: Number.POSITIVE_INFINITY },
    load: async () => (await import('./commands/facts.ts')).runFacts,
  },
  {
    name: 'doctor',
    about: 'say which tools the target has of those that a runbook requires',
    usage: 'runtree doctor [RUNBOOK]',
    example: 'runtree doctor mks-node --target ssh:worker-2',
    options: targetOptions,
    operands: { least: 0, most: 1 },
    load: async () => (await import('./commands/doctor.ts')).runDoctor,
  },
  {
    name: 'drill',
    about: 'fire drills on the simulated cluster: list, start, exec, solve, scores',
    usage: 'runtree drill [list | start NAME | exec NAME [CMD…] | solve NAME | scores]',
    example: "runtree drill exec healthy 'kubectl get nodes'",
    options: drillOptions,
    operands: { least: 0, most: Number.POSITIVE_INFINITY },
    load: async () => (await import('./commands/drill.ts')).runDrill,
  },
  {
    name: 'keys',
    about: 'list the keys of the screens',
    usage: 'runtree keys',
    example: 'runtree keys',
    options: [],
    operands: { least: 0, most: 0 },
    load: async () => (await import('./commands/keys.ts')).runKeys,
  },
]
