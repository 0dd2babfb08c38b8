import { settingNames, settingOf } from './settings-table.ts'

type Schema = { readonly [key: string]: unknown }

const described = (schema: Schema, about: string): Schema => ({ description: about, ...schema })

/** JSON Schema of the settings file, for editors that complete and check YAML. */
export const settingsSchema = (): Schema => {
  const properties: Record<string, Schema & { properties?: Record<string, Schema> }> = {}
  for (const name of settingNames) {
    const { kind, about } = settingOf(name)
    const [first = '', second] = name.split('.')
    const schema = described(kind.schema, about)
    if (second === undefined) properties[first] = schema
    else {
      const below = { ...properties[first]?.properties, [second]: schema }
      properties[first] = { type: ['object', 'null'], additionalProperties: false, properties: below }
    }
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Settings of runtree',
    type: ['object', 'null'],
    additionalProperties: false,
    properties,
  }
}
