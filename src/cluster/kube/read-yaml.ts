import { parse } from 'yaml'
import type { KubeValue } from '../world/kube-object.ts'
import { remembering } from './remember.ts'

/** A YAML text's value, or the error that it has. */
export type YamlResult = { readonly value: KubeValue } | { readonly error: unknown }

/** Reads a YAML document; the value is shared and must not be changed. */
export const readYaml = remembering((text): YamlResult => {
  try {
    return { value: parse(text, { maxAliasCount: 10 }) }
  } catch (error) {
    return { error }
  }
})

/** The value of a YAML document; `undefined` when it does not parse. */
export const yamlValue = (text: string): KubeValue => {
  const result = readYaml(text)
  return 'error' in result ? undefined : result.value
}
