/** A package that is installed: its version, what it is, and the files of it that one asks for. */
export type Package = {
  readonly name: string
  readonly version: string
  readonly section: string
  readonly summary: string
  readonly files: readonly string[]
}

/** The files of a package: those that are told, and where its commands lie. */
export const withCommands = (files: string, commands = ''): readonly string[] => [
  ...new Set(
    [...files.split(' '), ...commands.split(' ').map(command => `/usr/bin/${command}`)].filter(path =>
      /[^/]$/.test(path),
    ),
  ),
]
