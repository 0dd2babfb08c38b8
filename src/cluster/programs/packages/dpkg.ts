import { type Call, onMachines, type Post, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { globOf } from '../../text/glob.ts'
import { heldIn } from './apt.ts'
import { isDebian, type Package, packagesOf } from './installed.ts'

const onDebian = (post: Post): boolean => onMachines(post) && isDebian(post.machine)

const fits = (name: string, pattern: string): boolean => globOf(pattern).test(name)

const list = (packages: readonly Package[], patterns: readonly string[], held: readonly string[]): Reply => {
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
      ...shown.map(({ name, version, summary }) =>
        line(held.includes(name) ? 'hi  ' : 'ii  ', [name, version, 'amd64', summary], ' '),
      ),
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

const owners = (packages: readonly Package[], patterns: readonly string[]): Reply => {
  const replies = patterns.map(pattern => owner(packages, pattern))
  const joined = (side: 'stdout' | 'stderr'): string => replies.map(reply => reply[side] ?? '').join('')
  return {
    stdout: joined('stdout'),
    stderr: joined('stderr'),
    exit: Math.max(0, ...replies.map(({ exit }) => exit ?? 0)),
  }
}

const run = (call: Call): Reply => {
  const packages = packagesOf(call.world, call.machine)
  const [option = '', ...words] = call.args
  const [first = ''] = words
  if (/^(-l|--list)$/.test(option)) return list(packages, words, heldIn(call))
  if (/^(-s|--status)$/.test(option)) return status(packages, first)
  if (/^(-L|--listfiles)$/.test(option)) return contents(packages, first)
  if (/^(-S|--search)$/.test(option)) return owners(packages, words)
  if (option === '--get-selections') {
    const held = heldIn(call)
    const rows = packages.map(({ name }) => `${name.padEnd(40)}\t${held.includes(name) ? 'hold' : 'install'}`)
    return { stdout: asText(rows) }
  }
  if (/^(-V|--verify|--audit|-C|--configure)$/.test(option)) return {}
  return {
    stderr:
      'dpkg: error: need an action option\n\nUse dpkg --help for help about installing and deinstalling packages [*];\n',
    exit: 2,
  }
}

/** dpkg(1) and dpkg-query(1), as far as they look at what is installed. */
export const dpkg: Program = { names: ['dpkg', 'dpkg-query'], isInstalled: onDebian, run }
