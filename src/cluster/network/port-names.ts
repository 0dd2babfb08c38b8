const names: Readonly<Record<number, string>> = {
  22: 'ssh',
  53: 'domain',
  80: 'http',
  111: 'sunrpc',
  123: 'ntp',
  179: 'bgp',
  443: 'https',
  2049: 'nfs',
  5432: 'postgresql',
}

/** What services(5) calls a port; `undefined` where it has no name. */
export const nameOfPort = (port: number): string | undefined => names[port]

/** The port that services(5) has under a name, or that a number says; `undefined` for any other word. */
export const portNamed = (word: string): number | undefined => {
  if (/^\d+$/.test(word)) return Number(word)
  const known = Object.entries(names).find(([, name]) => name === word)
  return known && Number(known[0])
}
