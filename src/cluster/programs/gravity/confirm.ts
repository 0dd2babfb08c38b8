import type { Call, Reply } from '../../shell/program.ts'

const answers: Readonly<Record<string, boolean>> = {
  Y: true,
  y: true,
  yes: true,
  N: false,
  n: false,
  no: false,
}

/** Asks until a line of the input is yes or no: what was printed, and how it ended where not with yes. Who sits at a terminal says yes. */
export const askToConfirm = (
  title: string,
  { stdin, passage }: Pick<Call, 'stdin' | 'passage'>,
): { readonly prompt: string; readonly refusal: Reply | undefined } => {
  if (passage.hasTerminal && stdin === '') return { prompt: `${title} (yes/no):\nyes\n`, refusal: undefined }
  const lines = stdin.split('\n').slice(0, -1)
  const at = lines.findIndex(line => answers[line.trim()] !== undefined)
  const times = at === -1 ? lines.length + 1 : at + 1
  const prompt = `${title} (yes/no):\n`.repeat(times)
  if (at === -1) return { prompt, refusal: { stdout: prompt, stderr: '[ERROR]: EOF\n', exit: 255 } }
  return answers[lines[at]?.trim() ?? ''] === true
    ? { prompt, refusal: undefined }
    : { prompt, refusal: { stdout: prompt, stderr: '[ERROR]: cancelled\n', exit: 255 } }
}
