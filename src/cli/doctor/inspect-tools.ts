import type { CommandRequest, Outcome, OutputChunk } from '../../base/index.ts'
import { quoteWord } from '../../shell/index.ts'
import type { Executor } from '../../targets/index.ts'

/** A tool as the target has it: on the PATH, in a folder that is not on it, or not at all. */
export type Tool = {
  readonly name: string
  readonly state: 'found' | 'off-path' | 'missing'
  readonly path: string | undefined
}

/** The tools of a target, or why it could not be asked. */
export type Inspection =
  | { readonly kind: 'asked'; readonly tools: readonly Tool[] }
  | { readonly kind: 'failed'; readonly outcome: Outcome }

const TIMEOUT_MS = 20_000

// Where tools for administrators lie, which the PATH of other users often lacks.
const moreFolders = '/usr/local/sbin /usr/sbin /sbin /usr/local/bin /opt/bin /snap/bin'

const script = (names: readonly string[]): string => `for name in ${names.map(quoteWord).join(' ')}; do
  if path=$(type -P -- "$name"); then printf 'found %s %s\\n' "$name" "$path"; continue; fi
  for folder in ${moreFolders}; do
    if [ -x "$folder/$name" ]; then printf 'off-path %s %s\\n' "$name" "$folder/$name"; continue 2; fi
  done
  printf 'missing %s\\n' "$name"
done`

const states: readonly string[] = ['found', 'off-path', 'missing'] satisfies Tool['state'][]

const isState = (word: string | undefined): word is Tool['state'] => states.includes(word ?? '')

const readTool = (line: string): readonly Tool[] => {
  const [state, name = '', ...path] = line.split(' ')
  return isState(state) ? [{ name, state, path: path.length === 0 ? undefined : path.join(' ') }] : []
}

/** Asks a target which of these tools it has; runs nothing but a look for files. */
export const inspectTools = async (executor: Executor, names: readonly string[]): Promise<Inspection> => {
  if (names.length === 0) return { kind: 'asked', tools: [] }
  let text = ''
  const sink = (chunk: OutputChunk): void => {
    if (chunk.stream === 'stdout') text += chunk.text
  }
  const request: CommandRequest = {
    runId: 'doctor',
    line: script(names),
    place: undefined,
    mode: 'batch',
    timeoutMs: TIMEOUT_MS,
    cwd: undefined,
  }
  const outcome = await executor.run(request, sink, new AbortController().signal)
  if (outcome.kind !== 'exited') return { kind: 'failed', outcome }
  return { kind: 'asked', tools: text.split('\n').flatMap(readTool) }
}
