import { type CommandName, getCommandNames } from 'just-bash/browser'
import { isForeign, isInImage } from '../kube/image-programs.ts'
import { programs } from '../programs/programs.ts'
import type { World } from '../world/world.ts'
import type { Post, Program } from './program.ts'

const isAt = ({ container }: Post, name: string): boolean =>
  !isForeign(name) && (container === undefined || isInImage(container.image, name))

/** The commands of the interpreter itself that are there at a post. */
export const builtInsAt = (post: Post): CommandName[] =>
  getCommandNames().filter((name): name is CommandName => isAt(post, name))

/** The programs that are installed at a post, each with a name that it has there. */
export const programsAt = (
  post: Post,
  world: World,
): readonly { readonly program: Program; readonly name: string }[] =>
  programs
    .filter(program => program.isInstalled(post, world))
    .flatMap(program => program.names.filter(name => isAt(post, name)).map(name => ({ program, name })))
