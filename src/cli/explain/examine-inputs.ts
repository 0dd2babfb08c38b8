import { statSync } from 'node:fs'
import type { Knowledge } from '../../diagnosis/index.ts'
import { UserError } from '../user-error.ts'
import { commandOfPath } from './bundles/command-of-path.ts'
import { type CommandKnowledge, createExaminer, type Examination, type Examiner } from './create-examiner.ts'
import { createLineSplitter } from './create-line-splitter.ts'
import { type Input, listFiles, readInput } from './read-input.ts'

/** Where the lines of a file begin, counted over all files. */
export type FileStart = { readonly path: string | undefined; readonly before: number }

/** What was examined, and the files that were left out because they are no text. */
export type Examined = Examination & {
  readonly files: readonly FileStart[]
  readonly lines: number
  readonly skipped: readonly string[]
}

/** What to examine: files, folders or `-` (nothing stands for standard input), and the command that printed it, if that is known. */
export type ExamineRequest = {
  readonly operands: readonly string[]
  readonly command: string | undefined
  readonly knowledge: Knowledge
}

/** An input with what is known of its command, and whether it may be passed over when it is no text. */
type Task = Input & { readonly known: CommandKnowledge; readonly isOptional: boolean }

const guess = (path: string): CommandKnowledge => {
  const command = commandOfPath(path)
  return command === undefined ? { kind: 'unknown' } : { kind: 'guessed', command }
}

const tasksOf = ({ operands, command }: ExamineRequest): readonly Task[] =>
  (operands.length === 0 ? ['-'] : operands).flatMap((operand): readonly Task[] => {
    const given: CommandKnowledge = command === undefined ? { kind: 'unknown' } : { kind: 'given', command }
    if (operand === '-') return [{ path: undefined, known: given, isOptional: false }]
    const files = listFiles(operand)
    const isFolder = statSync(operand).isDirectory()
    return files.map(path => ({
      path,
      known: isFolder && command === undefined ? guess(path) : given,
      isOptional: isFolder,
    }))
  })

const examineTask = async (examiner: Examiner, task: Task): Promise<void> => {
  const lines = createLineSplitter()
  examiner.begin(task.known)
  for await (const text of readInput(task)) examiner.take(lines.write(text))
  examiner.take(lines.end())
  examiner.end()
}

/** Examines all that is asked for; throws a UserError when something named cannot be read. */
export const examineInputs = async (request: ExamineRequest): Promise<Examined> => {
  const examiner = createExaminer(request.knowledge)
  const files: FileStart[] = []
  const skipped: string[] = []
  for (const task of tasksOf(request)) {
    files.push({ path: task.path, before: examiner.lineCount() })
    try {
      await examineTask(examiner, task)
    } catch (cause) {
      if (!(cause instanceof UserError) || !task.isOptional) throw cause
      skipped.push(task.path ?? '-')
    }
  }
  return { ...examiner.result(), files, skipped, lines: examiner.lineCount() }
}
