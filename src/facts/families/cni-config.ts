import { combine, complain, listFact, nothing, record } from '../parsed.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { isObject, lineOf, listAt, numberAt, parseJson, textAt } from './json-value.ts'
import { shows } from './shown-files.ts'

// Files shown one after another: each document ends where a line closes it and the next opens.
const documentsIn = (text: string): readonly string[] =>
  text.split(/(?<=^\})\s*\n(?=\{)/m).filter(part => part.trim() !== '')

const pluginsOf = (network: unknown): readonly unknown[] => {
  const plugins = listAt(network, 'plugins')
  return plugins.length > 0 ? plugins : [network]
}

const networkOf = (network: unknown): FactValue => {
  const plugins = pluginsOf(network)
  const [main] = plugins
  return record({
    name: textAt(network, 'name'),
    version: textAt(network, 'cniVersion'),
    plugins: plugins.flatMap(plugin => textAt(plugin, 'type') ?? []),
    ipam: textAt(main, 'ipam', 'type'),
    subnet: textAt(main, 'ipam', 'subnet') ?? textAt(main, 'ipam', 'ranges', '0', '0', 'subnet'),
    mtu: numberAt(main, 'mtu'),
    datastore: textAt(main, 'datastore_type'),
    kubeconfig: textAt(main, 'kubernetes', 'kubeconfig'),
  })
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const parts = documentsIn(stdout)
  const read = parts.map(part => ({ part, value: parseJson(part) }))
  const networks = read.filter(
    ({ value }) => isObject(value) && pluginsOf(value).some(plugin => textAt(plugin, 'type')),
  )
  const broken = read.find(
    ({ value, part }) => value === undefined && /"(?:cniVersion|plugins|type)"/.test(part),
  )
  const line = broken === undefined ? 1 : lineOf(stdout, broken.part.slice(0, 200))
  return combine([
    networks.length === 0
      ? nothing
      : listFact(
          'cniNetworks',
          networks.map(({ part, value }) => ({
            line: lineOf(stdout, part.slice(0, 200)),
            value: networkOf(value),
          })),
        ),
    broken === undefined
      ? nothing
      : complain('E_FACTS_NOT_UNDERSTOOD', 'The JSON of a CNI configuration does not parse', line),
  ])
}

/** CNI configurations: `cat /etc/cni/net.d/*.conflist` (.conf too), one or several. */
export const cniConfig: Parser = {
  name: 'cni-config',
  gives: ['cniNetworks'],
  recognises: argv => shows(argv, /\/cni\/net\.d\/|\.conflist$/),
  recognisesText: text => /"cniVersion"\s*:/.test(text) && /"(?:plugins|type)"\s*:/.test(text),
  parse,
}
