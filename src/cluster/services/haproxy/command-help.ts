const commands: readonly (readonly [command: string, says: string])[] = [
  ['clear counters [all]', 'clear max statistics counters (or all counters)'],
  ['disable server (DEPRECATED)', "disable a server for maintenance (use 'set server' instead)"],
  ['enable server  (DEPRECATED)', "enable a disabled server (use 'set server' instead)"],
  ['get weight <backend>/<server>', "report a server's current weight"],
  ['set server <backend>/<server> [opts]', "change a server's state, weight, address or ssl"],
  ['set weight <backend>/<server> (DEPRECATED)', "change a server's weight (use 'set server' instead)"],
  ['show backend', 'list backends in the current running config'],
  ['show errors [<px>] [request|response]', 'report last request and/or response errors for each proxy'],
  ['show info [desc|json|typed|float]*', 'report information about the running process'],
  ['show servers conn [<backend>]', 'dump server connections status (all or for a single backend)'],
  ['show servers state [<backend>]', 'dump volatile server information (all or for a single backend)'],
  ['show sess [id]', 'report the list of current sessions or dump this exact session'],
  ['show stat [desc|json|no-maint|typed|up]*', 'report counters for each proxy and server'],
  ['help [<command>]', 'list matching or all commands'],
  ['prompt', 'toggle interactive mode with prompt'],
  ['quit', 'disconnect'],
]

const COMMAND_WIDTH = 39

const list = commands.map(([command, says]) => `  ${command.padEnd(COMMAND_WIDTH)} : ${says}\n`).join('')

/** What the socket says to `help`. */
export const helpText = `The following commands are valid at this level:\n${list}\n`

/** What the socket says to a command that it does not have. */
export const unknownText = (word: string): string =>
  `Unknown command: '${word}'. Please enter one of the following commands only:\n${list}\n`
