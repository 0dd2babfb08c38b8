import { parseAllDocuments } from 'yaml'
import { namesIn, readText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import type { Call } from '../../shell/program.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { Arguments } from './arguments.ts'

/** What kubectl misses in a document that does not say what it is of. */
const typeProblem = (value: KubeValue): string | undefined => {
  if (typeof value !== 'object' || Array.isArray(value)) return 'invalid object to validate'
  const missing = ['apiVersion', 'kind'].filter(name => value[name] === undefined)
  const named = missing.map(name => `${name} not set`)
  return named.length > 1 ? `[${named.join(', ')}]` : named[0]
}

/** The objects of the files behind `-f`, or why they cannot be read. */
export const readManifests = (
  call: Call,
  args: Arguments,
): readonly KubeValue[] | { readonly problem: string } => {
  const objects: KubeValue[] = []
  for (const file of args.lists.get('filename') ?? []) {
    const texts = textsOf(call, file)
    if (texts === undefined) return { problem: `error: the path "${file}" does not exist\n` }
    for (const text of texts) {
      const documents = parseAllDocuments(text)
      if (!Array.isArray(documents)) continue
      for (const document of documents) {
        const [error] = document.errors
        if (error !== undefined)
          return {
            problem: `error: error parsing ${file === '-' ? 'STDIN' : file}: error converting YAML to JSON: yaml: line ${error.linePos?.[0]?.line ?? 1}: ${/map/i.test(error.message) ? 'mapping values are not allowed in this context' : 'did not find expected key'}\n`,
          }
        const value = document.toJS()
        if (value === null || value === undefined) continue
        const untyped = typeProblem(value)
        if (untyped !== undefined)
          return {
            problem: `error: error validating "${file === '-' ? 'STDIN' : file}": error validating data: ${untyped}; if you choose to ignore these errors, turn validation off with --validate=false\n`,
          }
        objects.push(...(value.kind === 'List' ? value.items : [value]))
      }
    }
  }
  return objects
}

const textsOf = (call: Call, file: string): readonly string[] | undefined => {
  if (file === '-') return [call.stdin]
  const path = resolvePath(call.cwd, file)
  const text = call.pipes?.get(path) ?? readText(call.machine.files, path)
  if (text !== undefined) return [text]
  const node = call.machine.files.get(path)
  if (node?.kind !== 'directory') return undefined
  return namesIn(call.machine.files, path)
    .filter(name => /\.(ya?ml|json)$/.test(name))
    .flatMap(name => readText(call.machine.files, `${path}/${name}`) ?? [])
}
