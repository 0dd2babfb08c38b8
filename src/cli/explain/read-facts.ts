import { compileKnowledge } from '../../diagnosis/index.ts'
import type { ExaminedOutput } from './create-examiner.ts'
import { type ExamineRequest, examineInputs } from './examine-inputs.ts'
import { fileOfLine } from './place-findings.ts'

/** An output with its facts, and the file that it stands in. */
export type OutputFacts = ExaminedOutput & { readonly file: string | undefined }

/** The outputs of all inputs, and the files that were left out because they are no text. */
export type ReadFacts = { readonly outputs: readonly OutputFacts[]; readonly skipped: readonly string[] }

/** Reads the facts of every output in files, folders or standard input, as `runtree explain` tells outputs apart. */
export const readFacts = async (request: Omit<ExamineRequest, 'knowledge'>): Promise<ReadFacts> => {
  const { outputs, files, skipped } = await examineInputs({ ...request, knowledge: compileKnowledge([]) })
  const fileOf = (line: number): string | undefined => fileOfLine({ files }, line)?.path
  return { outputs: outputs.map(output => ({ ...output, file: fileOf(output.firstLine) })), skipped }
}
