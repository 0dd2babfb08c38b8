import type { Place } from '../base/index.ts'
import type { CommandBlock, DocumentCommand, FenceAttributes } from '../document/index.ts'
import type { PlaceholderFinder } from './placeholders/find-placeholders.ts'
import type { StepCommand } from './types.ts'

/** What turning the fences of a step into commands needs besides the fences. */
export type CommandContext = {
  readonly stepId: string
  readonly defaultPlace: Place | undefined
  readonly findPlaceholders: PlaceholderFinder
}

const modeOf = ({ interactive, follow }: FenceAttributes): StepCommand['mode'] => {
  if (interactive === true) return 'interactive'
  if (follow === true) return 'follow'
  return interactive === false || follow === false ? 'batch' : undefined
}

const freeName = (taken: ReadonlySet<string>, wanted: string): string => {
  let name = wanted
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}-${count}`
  return name
}

type Numbered = { readonly block: CommandBlock; readonly index: number; readonly command: DocumentCommand }

const numberCommands = (blocks: readonly CommandBlock[]): readonly Numbered[] =>
  blocks.flatMap((block, index) =>
    block.parts.flatMap(part => (part.kind === 'command' ? [{ block, index, command: part }] : [])),
  )

const compileCommand = (
  { block, index, command }: Numbered,
  id: string,
  { defaultPlace, findPlaceholders }: CommandContext,
): StepCommand => {
  const { attributes } = block
  return {
    id,
    run: command.run,
    caption: command.caption,
    place: attributes.where ?? command.place ?? defaultPlace,
    block: index,
    mode: modeOf(attributes),
    timeoutMs: attributes.timeoutMs,
    cwd: attributes.cwd,
    declaredEffect: attributes.effect,
    optional: attributes.optional,
    excludeFromRunAll: attributes.excludeFromRunAll,
    placeholders: findPlaceholders(command.run),
    sample: command.sample,
    span: command.span,
  }
}

/** Makes a step's commands of its fences. Ids are `<step>/<name>` or `<step>/<ordinal>`; a name's later commands get `-2`, `-3` … */
export const compileCommands = (
  blocks: readonly CommandBlock[],
  context: CommandContext,
): readonly StepCommand[] => {
  const taken = new Set<string>()
  return numberCommands(blocks).map((numbered, order) => {
    const name = freeName(taken, numbered.block.attributes.name ?? String(order + 1))
    taken.add(name)
    return compileCommand(numbered, `${context.stepId}/${name}`, context)
  })
}
