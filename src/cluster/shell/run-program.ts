import { nodeAt } from '../files/file-tree.ts'
import type { Call, Program, Reply } from './program.ts'

/** Runs a program, unless nobody may run its file. */
export const runProgram = async (program: Program, call: Call): Promise<Reply> => {
  const path = `/usr/bin/${call.name}`
  const node = nodeAt(call.machine.files, path)
  return node === undefined || (node.mode & 0o111) !== 0
    ? program.run(call)
    : { stderr: `bash: ${path}: Permission denied\n`, exit: 126 }
}
