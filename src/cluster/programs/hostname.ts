import { everywhere, type Program } from '../shell/program.ts'

/** hostname(1): the name of the machine. */
export const hostname: Program = {
  names: ['hostname'],
  isInstalled: everywhere,
  run: ({ machine, args }) => {
    if (args.includes('-f') || args.includes('--fqdn'))
      return { stdout: `${machine.name}.example.internal\n` }
    if (args.includes('-I'))
      return {
        stdout: `${machine.interfaces
          .filter(i => i.kind !== 'loopback')
          .flatMap(i => i.addresses.map(a => a.split('/')[0]))
          .join(' ')} \n`,
      }
    return { stdout: `${machine.name}\n` }
  },
}
