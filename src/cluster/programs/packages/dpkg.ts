import { type Call, onMachines, type Post, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { globOf } from '../../text/glob.ts'
import type { World } from '../../world/world.ts'
import { isDebian, type Package, packagesOf } from './installed.ts'

const onDebian = (post: Post): boolean => onMachines(post) && isDebian(post.machine)

const fits = (name: string, pattern: string): boolean => globOf(pattern).test(name)

const list = (packages: readonly Package[], patterns: readonly string[]): Reply => {
  const shown = packages.filter(({ name }) => patterns.length === 0 || patterns.some(one => fits(name, one)))
  if (shown.length === 0)
    return { stderr: asText(patterns.map(one => `dpkg-query: no packages found matching ${one}`)), exit: 1 }
  const width = (key: 'name' | 'version') => Math.max(14, ...shown.map(one => one[key].length))
  const [names, versions] = [width('name'), width('version')]
  const line = (mark: string, cells: readonly [string, string, string, string], fill: string) =>
    `${mark}${cells[0].padEnd(names, fill)}${fill === '=' ? '-' : ' '}${cells[1].padEnd(versions, fill)}${fill === '=' ? '-' : ' '}${cells[2].padEnd(12, fill)}${fill === '=' ? '-' : ' '}${cells[3]}`
  return {
    stdout: asText([
      'Desired=Unknown/Install/Remove/Purge/Hold',
      '| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend',
      '|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)',
      line('||/ ', ['Name', 'Version', 'Architecture', 'Description'], ' '),
      line('+++-', ['', '', '', '='.repeat(40)], '='),
      ...shown.map(({ name, version, summary }) => line('ii  ', [name, version, 'amd64', summary], ' ')),
    ]),
  }
}

const status = (packages: readonly Package[], name: string): Reply => {
  const found = packages.find(one => one.name === name)
  return found === undefined
    ? {
        stderr: `dpkg-query: package '${name}' is not installed and no information is available\nUse dpkg --info (= dpkg-deb --info) to examine archive files.\n`,
        exit: 1,
      }
    : {
        stdout: `Package: ${name}\nStatus: install ok installed\nPriority: optional\nSection: ${found.section}\nArchitecture: amd64\nVersion: ${found.version}\nDescription: ${found.summary}\n`,
      }
}

const contents = (packages: readonly Package[], name: string): Reply => {
  const found = packages.find(one => one.name === name)
  return found === undefined
    ? {
        stderr: `dpkg-query: package '${name}' is not installed\nUse dpkg --contents (= dpkg-deb --contents) to list archive files contents.\n`,
        exit: 1,
      }
    : { stdout: asText(['/.', ...found.files]) }
}

const owner = (packages: readonly Package[], pattern: string): Reply => {
  const hits = packages.flatMap(({ name, files }) =>
    files
      .filter(file => (pattern.startsWith('/') ? file === pattern : file.includes(pattern)))
      .map(file => `${name}: ${file}`),
  )
  return hits.length === 0
    ? { stderr: `dpkg-query: no path found matching pattern ${pattern}\n`, exit: 1 }
    : { stdout: asText(hits) }
}

const run = (call: Call): Reply => {
  const packages = packagesOf(call.world, call.machine)
  const [option = '', ...words] = call.args
  const [first = ''] = words
  if (/^(-l|--list)$/.test(option)) return list(packages, words)
  if (/^(-s|--status)$/.test(option)) return status(packages, first)
  if (/^(-L|--listfiles)$/.test(option)) return contents(packages, first)
  if (/^(-S|--search)$/.test(option)) return owner(packages, first)
  if (option === '--get-selections')
    return { stdout: asText(packages.map(({ name }) => `${name.padEnd(40)}\tinstall`)) }
  return {
    stderr:
      'dpkg: error: need an action option\n\nUse dpkg --help for help about installing and deinstalling packages [*];\n',
    exit: 2,
  }
}

/** dpkg(1) and dpkg-query(1), as far as they look at what is installed. */
export const dpkg: Program = { names: ['dpkg', 'dpkg-query'], isInstalled: onDebian, run }

const locked =
  'E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n'

const MIRROR = 'http://archive.ubuntu.com/ubuntu'

const update = ({ fabric }: World): Reply => {
  const done = ['Reading package lists...', 'Building dependency tree...', 'Reading state information...']
  if (fabric.hasInternet)
    return {
      stdout: asText([`Hit:1 ${MIRROR} jammy InRelease`, ...done, 'All packages are up to date.']),
      tookMs: 2_400,
    }
  const why = 'Could not connect to archive.ubuntu.com:80, connection timed out'
  return {
    stdout: asText([`Err:1 ${MIRROR} jammy InRelease`, `  ${why}`, ...done]),
    stderr: `W: Failed to fetch ${MIRROR}/dists/jammy/InRelease  ${why}\nW: Some index files failed to download. They have been ignored, or old ones used instead.\n`,
    tookMs: 30_000,
  }
}

/** apt(8): what is installed. A world's mirrors offer nothing beyond that. */
export const apt: Program = {
  names: ['apt', 'apt-get', 'apt-cache'],
  isInstalled: onDebian,
  run: ({ world, machine, args, user, name }): Reply => {
    const [verb, ...rest] = args.filter(arg => !arg.startsWith('-'))
    const packages = packagesOf(world, machine)
    if (verb === 'list') {
      const shown = packages.filter(one => rest.length === 0 || rest.some(pattern => fits(one.name, pattern)))
      return {
        stdout: asText([
          'Listing...',
          ...shown.map(one => `${one.name}/jammy-updates,now ${one.version} amd64 [installed]`),
        ]),
        stderr:
          name === 'apt'
            ? '\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n'
            : '',
      }
    }
    if (verb === 'update' && user === 'root') return update(world)
    if (user !== 'root') return { stderr: locked, exit: 100 }
    const missing = rest.filter(word => packages.every(one => one.name !== word))
    if (verb === 'install' && missing.length > 0)
      return {
        stdout: 'Reading package lists...\nBuilding dependency tree...\nReading state information...\n',
        stderr: asText(missing.map(word => `E: Unable to locate package ${word}`)),
        exit: 100,
      }
    return { stdout: '0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n' }
  },
}
