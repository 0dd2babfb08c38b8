import { dropColours } from '../../base/index.ts'
import { rowText } from '../present/span.ts'
import type { StepScene } from './step-scene.ts'

/** What can be copied: the chosen command, the output that is shown, the step as it is read. */
export type CopyKind = 'command' | 'output' | 'step'

const texts: Readonly<Record<CopyKind, (scene: StepScene) => string>> = {
  command: ({ entry }) => entry?.line ?? '',
  output: ({ output }) => output.lines.map(line => dropColours(line.text)).join('\n'),
  step: ({ step, explanation, entries }) =>
    [step.title, '', ...explanation.map(rowText), '', ...entries.map(entry => `$ ${entry.line}`)].join('\n'),
}

/** The text that is copied; empty when there is nothing of that kind. */
export const copyText = (scene: StepScene, kind: CopyKind): string => texts[kind](scene)
