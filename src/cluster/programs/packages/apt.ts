import { readText, removePath, writeText } from '../../files/file-tree.ts'
import { isBelow } from '../../files/paths.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { globOf } from '../../text/glob.ts'
import { isDebian, type Package, packagesOf } from './installed.ts'
import { type MirrorProblem, mirrorProblem } from './mirror.ts'

const HOST = 'archive.ubuntu.com'
const FAILED = 100

const locked =
  'E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n'
const reading = ['Reading package lists...', 'Building dependency tree...', 'Reading state information...']
const nothingDone = '0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.'

/** The code name of a release: `jammy` of `22.04.4 LTS (Jammy Jellyfish)`. */
const codeNameOf = ({ machine }: Call): string =>
  (/\((\w+)/.exec(machine.os.version)?.[1] ?? 'stable').toLowerCase()

/** What a verb was given, and which of the packages that are installed fit it. */
type Order = { readonly call: Call; readonly words: readonly string[]; readonly packages: readonly Package[] }

const found = ({ packages, words }: Order): readonly Package[] =>
  packages.filter(({ name }) => words.includes(name))

const missing = ({ packages, words }: Order): readonly string[] =>
  words.filter(word => packages.every(({ name }) => name !== word))

const list = ({ call, words, packages }: Order): Reply => {
  const globs = words.map(word => globOf(word))
  const shown = call.args.includes('--upgradable')
    ? []
    : packages.filter(({ name }) => globs.length === 0 || globs.some(glob => glob.test(name)))
  const release = codeNameOf(call)
  return {
    stdout: asText([
      'Listing...',
      ...shown.map(({ name, version }) => `${name}/${release}-updates,now ${version} amd64 [installed]`),
    ]),
    stderr: '\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n',
  }
}

const reasonOf = (problem: MirrorProblem): string => {
  if (problem.kind === 'name')
    return problem.isLasting ? `Could not resolve '${HOST}'` : `Temporary failure resolving '${HOST}'`
  const place = `Could not connect to ${HOST}:80 (${problem.address})`
  return problem.code === 110
    ? `${place}, connection timed out`
    : `${place}. - connect (${problem.code}: ${problem.text})`
}

const update = ({ call }: Order): Reply => {
  const release = `http://${HOST}/ubuntu ${codeNameOf(call)} InRelease`
  const problem = mirrorProblem(call, HOST)
  if (problem === undefined)
    return { stdout: asText([`Hit:1 ${release}`, ...reading, 'All packages are up to date.']), tookMs: 2_400 }
  const why = reasonOf(problem)
  return {
    stdout: asText([`Err:1 ${release}`, `  ${why}`, ...reading]),
    stderr: `W: Failed to fetch http://${HOST}/ubuntu/dists/${codeNameOf(call)}/InRelease  ${why}\nW: Some index files failed to download. They have been ignored, or old ones used instead.\n`,
    tookMs: problem.tookMs,
  }
}

const HELD = '/var/lib/dpkg/held'

/** The packages that nobody may change, by the list that apt-mark keeps. */
export const heldIn = ({ machine }: Call): readonly string[] =>
  (readText(machine.files, HELD) ?? '').split('\n').filter(name => name !== '')

const setHeld = ({ machine, world }: Call, names: readonly string[]): void =>
  writeText(machine.files, HELD, { text: asText([...names].sort()), mtimeMs: world.nowMs })

/** apt-mark(8): `hold`, `unhold` and `showhold`. */
export const aptMark: Program = {
  names: ['apt-mark'],
  isInstalled: post => onMachines(post) && isDebian(post.machine),
  run: (call): Reply => {
    const [verb = '', ...names] = call.args.filter(arg => !arg.startsWith('-'))
    const held = heldIn(call)
    if (verb === 'showhold') return { stdout: asText(held) }
    if (/^show(auto|manual)$/.test(verb)) return {}
    if (!/^(hold|unhold|auto|manual)$/.test(verb))
      return { stderr: `E: Invalid operation ${verb}\n`, exit: FAILED }
    if (call.user !== 'root') return { stderr: locked, exit: FAILED }
    const packages = packagesOf(call.world, call.machine)
    const unknown = names.filter(name => packages.every(other => other.name !== name))
    if (unknown.length > 0)
      return {
        stderr: asText([
          ...unknown.map(name => `E: Unable to locate package ${name}`),
          'E: No packages found',
        ]),
        exit: FAILED,
      }
    if (verb === 'hold') setHeld(call, [...new Set([...held, ...names])])
    if (verb === 'unhold')
      setHeld(
        call,
        held.filter(name => !names.includes(name)),
      )
    return {
      stdout: asText(
        names.map(name =>
          verb === 'hold'
            ? held.includes(name)
              ? `${name} was already set on hold.`
              : `${name} set on hold.`
            : verb === 'unhold'
              ? held.includes(name)
                ? `Canceled hold on ${name}.`
                : `${name} was already not on hold.`
              : `${name} set to ${verb}matically installed.`,
        ),
      ),
    }
  },
}

const install = (order: Order): Reply => {
  const versioned = order.words.flatMap(word => {
    const [name = '', version] = word.split('=')
    const known = order.packages.find(other => other.name === name)
    return version !== undefined && known !== undefined && known.version !== version
      ? [`E: Version '${version}' for '${name}' was not found`]
      : []
  })
  if (versioned.length > 0) return { stdout: asText(reading), stderr: asText(versioned), exit: FAILED }
  const unknown = missing(order)
  if (unknown.length > 0)
    return {
      stdout: asText(reading),
      stderr: asText(unknown.map(word => `E: Unable to locate package ${word}`)),
      exit: FAILED,
    }
  const known = found(order).map(({ name, version }) => `${name} is already the newest version (${version}).`)
  return { stdout: asText([...reading, ...known, nothingDone]) }
}

/** What is installed here stays: to take it away would have to stop what runs from it. */
const remove = (order: Order): Reply => {
  const kept = found(order).map(({ name }) => name)
  if (kept.length > 0)
    return {
      stdout: asText(reading),
      stderr: `E: the packages of a simulated machine stay installed: ${kept.join(' ')}; stop or mask the unit instead\n`,
      exit: FAILED,
    }
  const absent = missing(order).map(word => `Package '${word}' is not installed, so not removed`)
  return { stdout: asText([...reading, ...absent, nothingDone]) }
}

const policy = (order: Order): Reply => ({
  stdout: found(order)
    .map(
      ({ name, version }) =>
        `${name}:\n  Installed: ${version}\n  Candidate: ${version}\n  Version table:\n *** ${version} 100\n        100 /var/lib/dpkg/status\n`,
    )
    .join(''),
  stderr: asText(missing(order).map(word => `N: Unable to locate package ${word}`)),
})

const show = (order: Order): Reply => ({
  stdout: found(order)
    .map(
      ({ name, version, section, summary }) =>
        `Package: ${name}\nVersion: ${version}\nPriority: optional\nSection: ${section}\nDescription: ${summary}\n\n`,
    )
    .join(''),
  stderr: found(order).length === 0 ? 'E: No packages found\n' : '',
  exit: found(order).length === 0 ? FAILED : 0,
})

const search = ({ words, packages }: Order): Reply => ({
  stdout: asText(
    packages
      .filter(({ name, summary }) => words.every(word => name.includes(word) || summary.includes(word)))
      .map(({ name, summary }) => `${name} - ${summary}`),
  ),
})

type Verb = { readonly run: (order: Order) => Reply; readonly needsRoot?: true }

const done: Verb = { run: () => ({ stdout: asText([...reading, nothingDone]) }), needsRoot: true }

const CACHE = '/var/cache/apt'

/** Takes away the packages that were fetched, and what apt worked out of its lists. */
const clean = ({ call: { machine } }: Order): Reply => {
  for (const path of [...machine.files.keys()])
    if (isBelow(path, CACHE) && /\.(deb|bin)$/.test(path)) removePath(machine.files, path)
  return {}
}
const removing: Verb = { run: remove, needsRoot: true }

const verbs: Readonly<Record<string, Verb>> = {
  list: { run: list },
  policy: { run: policy },
  show: { run: show },
  search: { run: search },
  update: { run: update, needsRoot: true },
  install: { run: install, needsRoot: true },
  remove: removing,
  purge: removing,
  upgrade: done,
  'full-upgrade': done,
  'dist-upgrade': done,
  autoremove: done,
  clean: { run: clean, needsRoot: true },
  autoclean: { run: () => ({ stdout: asText(reading) }), needsRoot: true },
}

/** apt(8) and its kin: what is installed. A world's mirrors offer nothing beyond that. */
export const apt: Program = {
  names: ['apt', 'apt-get', 'apt-cache'],
  isInstalled: post => onMachines(post) && isDebian(post.machine),
  run: (call): Reply => {
    const { world, machine, args, user, name } = call
    const [word = '', ...words] = args.filter(arg => !arg.startsWith('-'))
    if (word === '') return { stderr: `Usage: ${name} [options] command\n`, exit: 1 }
    const verb = verbs[word]
    if (verb === undefined) return { stderr: `E: Invalid operation ${word}\n`, exit: FAILED }
    if (verb.needsRoot === true && user !== 'root') return { stderr: locked, exit: FAILED }
    return verb.run({ call, words, packages: packagesOf(world, machine) })
  },
}
