export {
  createShell,
  type LineResult,
  type LineSetup,
  type Shell,
  type ShellSetup,
} from './shell/create-shell.ts'
export type { Post } from './shell/program.ts'
export { type World, type WorldName, worldNames } from './world/world.ts'
export { buildWorld } from './worlds/build-world.ts'
export type { WorldSetup } from './worlds/create-world.ts'
