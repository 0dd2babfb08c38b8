import { remembered } from '../base/index.ts'
import { namesOf } from './names-of.ts'
import type { Impact, OptionUse, Tool } from './tool.ts'

type Rule = { readonly name: string; readonly impact: Impact }

/** The rules of a tool's table, one an option. */
const rulesOf = remembered((tool: Tool): readonly Rule[] =>
  Object.entries(tool.options ?? {}).flatMap(([names, impact]) =>
    [...namesOf(names)].map(name => ({ name, impact })),
  ),
)

/**
 * The rule of a tool's table for an option as used, `undefined` when there is none. `--name=value` rules go before `--name`; a long
 * option may be cut short as GNU programs allow. `--name=false` switches off what makes a call milder or longer; to another program it may be
 * a value, so that what makes a call stricter stays.
 */
export const findRule = (tool: Tool, option: OptionUse): Impact | undefined => {
  const rules = rulesOf(tool)
  const value = option.value?.text
  const withValue = rules.find(rule => rule.name === `${option.name}=${value}`)
  if (withValue !== undefined) return withValue.impact
  const exact = rules.find(rule => rule.name === option.name)
  const abbreviated = option.name.length > 2 && option.name.startsWith('--') && !isListed(tool, option.name)
  const found =
    exact ??
    (abbreviated
      ? rules.find(rule => rule.name.startsWith(option.name) && !rule.name.includes('='))
      : undefined)
  return value === 'false' && isMild(found?.impact) ? undefined : found?.impact
}

const isMild = (impact: Impact | undefined): boolean =>
  impact?.effect === undefined || impact.effect === 'read'

/** Tells whether a tool's table names an option as one that is of no account. */
export const isListed = (tool: Tool, name: string): boolean =>
  namesOf(tool.valued).has(name) || namesOf(tool.flags).has(name)
