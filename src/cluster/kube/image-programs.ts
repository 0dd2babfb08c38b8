import { readImageName } from './known-images.ts'

const wordsOf = (text: string): readonly string[] => text.split(' ')

/** Programs of none of the simulated systems, which the interpreter brings. */
const foreign = wordsOf('html-to-markdown rg sqlite3 xan yq')

/** Tools beyond the bare system, for the network and for looking at processes, that small images leave out. */
const extra = wordsOf(
  'chronic curl dig file host htop jq lscpu openssl python3 ss stdbuf tcpdump tree unbuffer zegrep zfgrep',
)

/** What Alpine and busybox themselves have not: neither bash nor what is GNU's own. */
const beyondBusybox = new Set([...extra, ...wordsOf('bash column dir numfmt tracepath zgrep zless')])

/** What the small image of Debian has not: the packages procps, iproute2, iputils, net-tools, psmisc, vim and bsdmainutils. */
const beyondDebian = new Set([
  ...extra,
  ...wordsOf(
    'arp column free hd hexdump ifconfig ip killall less nc netcat netstat nslookup pgrep ping pkill',
  ),
  ...wordsOf('ps route sysctl tc telnet top tracepath traceroute uptime vi view vim vmstat w watch wget xxd'),
])
const beyondUbuntu = new Set(
  [...beyondDebian].filter(name => !/^(free|pgrep|pkill|ps|sysctl|top|uptime|vmstat|w|watch)$/.test(name)),
)

/** What images leave out, by their repository. Those of applications, and others that are not listed, have all tools. */
const small: readonly (readonly [RegExp, ReadonlySet<string>])[] = [
  [
    /(^|\/)(alpine|busybox|mirrored-library-busybox|curl|klipper-lb|local-path-provisioner|(mirrored-library-)?traefik)$/,
    beyondBusybox,
  ],
  [/(^|\/)(debian|nginx|postgres|redis)$/, beyondDebian],
  [/(^|\/)ubuntu$/, beyondUbuntu],
]

/** What some of them add, by their repository. */
const added: readonly (readonly [RegExp, readonly string[]])[] = [
  [/(^|\/)curl$/, ['curl']],
  [/(^|\/)nginx$/, ['curl', 'openssl']],
  [/(^|\/)postgres$/, ['less']],
]

/** Whether a program is in an image, as far as that can be told by its name. */
export const isInImage = (image: string, program: string): boolean => {
  const { repository, tag } = readImageName(image)
  const [, left] = small.find(([pattern]) => pattern.test(repository)) ?? []
  if (left === undefined) return true
  const isAdded = added.some(([pattern, names]) => pattern.test(repository) && names.includes(program))
  return isAdded || !(tag.includes('alpine') ? beyondBusybox : left).has(program)
}

/** Whether a program that the interpreter brings is anywhere at all. */
export const isForeign = (program: string): boolean => foreign.includes(program)
