/** Paths within a bundle and the commands whose outputs lie there; a command is made of what the path's groups hold. */
export type Layout = readonly (readonly [RegExp, (groups: readonly string[]) => string | undefined])[]
