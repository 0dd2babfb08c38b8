const BITS = 32

const parseAddress = (text: string): number | undefined => {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (parts === null) return undefined
  const bytes = parts.slice(1).map(Number)
  if (bytes.some(byte => byte > 255)) return undefined
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0)
}

// The same few addresses are asked for again and again, by every rule that a packet meets.
const MOST_KNOWN = 20_000
const known = new Map<string, number | undefined>()

/** An IPv4 address as a number; `undefined` for anything else. */
export const numberOfAddress = (text: string): number | undefined => {
  if (known.has(text)) return known.get(text)
  if (known.size >= MOST_KNOWN) known.clear()
  const value = parseAddress(text)
  known.set(text, value)
  return value
}

/** The dotted form of an address. */
export const addressOfNumber = (value: number): string =>
  [24, 16, 8, 0].map(shift => Math.floor(value / 2 ** shift) % 256).join('.')

/** An address with a prefix length. */
type Network = { readonly address: number; readonly length: number }

const parseNetwork = (text: string): Network | undefined => {
  const [address = '', length = '32'] = text.split('/')
  const value = numberOfAddress(address)
  return value === undefined || !/^\d{1,2}$/.test(length)
    ? undefined
    : { address: value, length: Number(length) }
}

const networks = new Map<string, Network | undefined>()

/** Address and prefix length of `10.0.4.11/24`; without a length, 32. */
export const readNetwork = (text: string): Network | undefined => {
  if (networks.has(text)) return networks.get(text)
  if (networks.size >= MOST_KNOWN) networks.clear()
  const network = parseNetwork(text)
  networks.set(text, network)
  return network
}

const blockOf = (address: number, length: number): number => Math.floor(address / 2 ** (BITS - length))

/** Whether an address lies in a network such as `10.0.4.0/24`; `default` holds all. */
export const isInNetwork = (address: string, network: string): boolean => {
  if (network === 'default' || network === '0.0.0.0/0') return true
  const value = numberOfAddress(address)
  const read = readNetwork(network)
  if (value === undefined || read === undefined) return false
  return blockOf(value, read.length) === blockOf(read.address, read.length)
}

/** The network of an interface's address: `10.0.4.11/24` gives `10.0.4.0/24`. */
export const networkOf = (addressWithLength: string): string => {
  const read = readNetwork(addressWithLength)
  if (read === undefined) return addressWithLength
  const start = blockOf(read.address, read.length) * 2 ** (BITS - read.length)
  return `${addressOfNumber(start)}/${read.length}`
}

/** The broadcast address of an interface's network. */
export const broadcastOf = (addressWithLength: string): string => {
  const read = readNetwork(addressWithLength)
  if (read === undefined) return addressWithLength
  const size = 2 ** (BITS - read.length)
  return addressOfNumber(blockOf(read.address, read.length) * size + size - 1)
}

/** The dotted mask of a prefix length: 24 gives `255.255.255.0`. */
export const maskOf = (length: number): string =>
  addressOfNumber(length === 0 ? 0 : 2 ** BITS - 2 ** (BITS - length))

/** Whether an address is one of the machine itself by its form: 127.0.0.0/8. */
export const isLoopback = (address: string): boolean => isInNetwork(address, '127.0.0.0/8')
