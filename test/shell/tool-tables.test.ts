import { expect, test } from 'vitest'
import { namesOf } from '../../src/shell/names-of.ts'
import { toolTables } from '../../src/shell/tools/all-tools.ts'

test('each tool stands in one table only, so that no rule hides another', () => {
  const names = toolTables.flatMap(table => Object.keys(table).flatMap(namesOf))
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
