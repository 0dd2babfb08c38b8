import { type Call, onMachines, type Post, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { isDebian, type Package, packagesOf } from './installed.ts'

const onRedHat = (post: Post): boolean => onMachines(post) && !isDebian(post.machine)

const full = ({ name, version }: Package): string => `${name}-${version}.x86_64`

const query = (packages: readonly Package[], letters: string, words: readonly string[]): Reply => {
  if (letters.includes('a')) return { stdout: asText(packages.map(full)) }
  const lines: string[] = []
  let exit = 0
  for (const word of words) {
    const found = packages.find(({ name, files }) =>
      letters.includes('f') ? files.includes(word) : name === word,
    )
    if (found === undefined) exit += 1
    if (found === undefined)
      lines.push(
        letters.includes('f')
          ? `file ${word} is not owned by any package`
          : `package ${word} is not installed`,
      )
    else lines.push(...(letters.includes('l') ? found.files : [full(found)]))
  }
  return { stdout: asText(lines), exit }
}

const run = ({ world, machine, args, name }: Call): Reply => {
  const packages = packagesOf(world, machine)
  const letters = args.filter(arg => /^-[a-z]+$/.test(arg)).join('')
  const words = args.filter(arg => !arg.startsWith('-'))
  if (name === 'rpm')
    return letters.includes('q')
      ? query(packages, letters, words)
      : { stderr: 'RPM version 4.11.3\nrpm: no operation was asked for\n', exit: 1 }
  if (words[0] === 'list')
    return {
      stdout: asText([
        'Installed Packages',
        ...packages.map(one => `${`${one.name}.x86_64`.padEnd(40)} ${one.version.padEnd(30)} @base`),
      ]),
    }
  return world.fabric.hasInternet
    ? { stdout: `No package ${words[1] ?? ''} available.\n`, stderr: 'Error: Nothing to do\n', exit: 1 }
    : { stderr: 'Cannot find a valid baseurl for repo: base/7/x86_64\n', exit: 1, tookMs: 30_000 }
}

/** rpm(8) and yum(8), as far as they look at what is installed. */
export const rpm: Program = { names: ['rpm', 'yum'], isInstalled: onRedHat, run }
