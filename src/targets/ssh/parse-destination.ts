/** A machine as ssh is told of it. `host` may be an alias of the operator's own ssh configuration. */
export type Destination = {
  readonly host: string
  readonly user?: string
  readonly port?: number
}

const HIGHEST_PORT = 65_535
const form =
  /^(?:(?<user>[\w.][\w.@+-]*)@)?(?:\[(?<bracketed>[\da-fA-F:.%\w]+)\]|(?<plain>[\w.][\w.-]*))(?::(?<port>\d{1,5}))?$/

/**
 * Reads `[user@]host[:port]`, an IPv6 address in brackets. Gives `undefined` for what cannot be a destination, such as a name that
 * begins with a dash and would be an option.
 */
export const parseDestination = (text: string): Destination | undefined => {
  const { user, bracketed, plain, port } = form.exec(text)?.groups ?? {}
  const host = bracketed ?? plain
  const portNumber = port === undefined ? undefined : Number(port)
  if (host === undefined || portNumber === 0 || (portNumber ?? 0) > HIGHEST_PORT) return undefined
  return {
    host,
    ...(user === undefined ? {} : { user }),
    ...(portNumber === undefined ? {} : { port: portNumber }),
  }
}

/** The destination as it is written after `ssh:`. */
export const formatDestination = ({ host, user, port }: Destination): string => {
  const name = host.includes(':') ? `[${host}]` : host
  return `${user === undefined ? '' : `${user}@`}${name}${port === undefined ? '' : `:${port}`}`
}
