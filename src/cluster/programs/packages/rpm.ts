import { type Call, onMachines, type Post, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { globOf } from '../../text/glob.ts'
import { isDebian, type Package, packagesOf } from './installed.ts'
import { type MirrorProblem, mirrorProblem } from './mirror.ts'

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

const MIRRORS = 'mirrorlist.centos.org'

/** What yum says when no server tells it of packages: without, it neither finds nor changes any. */
const withoutMirrors = (problem: MirrorProblem): Reply => {
  const why =
    problem.kind === 'name'
      ? `curl#6 - "Could not resolve host: ${MIRRORS}; Unknown error"`
      : `curl#7 - "Failed connect to ${MIRRORS}:80; ${problem.text}"`
  return {
    stdout: `Could not retrieve mirrorlist http://${MIRRORS}/?release=7&arch=x86_64&repo=os&infra=stock error was\n14: ${why}\n`,
    stderr: '\n\n Cannot find a valid baseurl for repo: base/7/x86_64\n',
    exit: 1,
    tookMs: problem.tookMs,
  }
}

const yum = (call: Call, [verb, ...words]: readonly string[], packages: readonly Package[]): Reply => {
  if (verb === 'list') {
    const globs = words.filter(word => word !== 'installed').map(word => globOf(word))
    const shown = packages.filter(({ name }) => globs.length === 0 || globs.some(glob => glob.test(name)))
    return shown.length === 0
      ? { stderr: 'Error: No matching Packages to list\n', exit: 1 }
      : {
          stdout: asText([
            'Installed Packages',
            ...shown.map(one => `${`${one.name}.x86_64`.padEnd(40)} ${one.version.padEnd(30)} @base`),
          ]),
        }
  }
  if (verb === undefined) return { stderr: 'You need to give some command\n', exit: 1 }
  const problem = mirrorProblem(call, MIRRORS)
  return problem === undefined
    ? { stdout: `No package ${words[0] ?? ''} available.\n`, stderr: 'Error: Nothing to do\n', exit: 1 }
    : withoutMirrors(problem)
}

const run = (call: Call): Reply => {
  const { world, machine, args, name } = call
  const packages = packagesOf(world, machine)
  const letters = args.filter(arg => /^-[a-z]+$/.test(arg)).join('')
  const words = args.filter(arg => !arg.startsWith('-'))
  if (name === 'rpm')
    return letters.includes('q')
      ? query(packages, letters, words)
      : { stderr: 'RPM version 4.11.3\nrpm: no operation was asked for\n', exit: 1 }
  return yum(call, words, packages)
}

/** rpm(8) and yum(8), as far as they look at what is installed. */
export const rpm: Program = { names: ['rpm', 'yum'], isInstalled: onRedHat, run }
