import { describe, expect, test } from 'vitest'
import { checkCondition } from '../../src/diagnosis/index.ts'

const known = ['filesystems', 'units', 'load', 'cpus', 'sysctl']

describe('a condition', () => {
  test.each([
    'filesystems.exists(f, f.usePercent >= 90)',
    'units.filter(u, u.active == "failed").size() > 0 && exit != 0',
    'load.one > cpus * 1.5',
    'timedOut || output.contains("x") || lines.exists(l, l.matches("^a"))',
    '"net.ipv4.ip_forward" in sysctl && sysctl["net.ipv4.ip_forward"] == 0',
    'has(load.one)',
    'units.all(u, u.active == "active" && filesystems.exists(f, f.mount == u.name))',
  ])('%s is right', expression => {
    expect(checkCondition(expression, known)).toBeUndefined()
  })

  test.each([
    ['filesystems.exists(f, f.usePercent >= )', 39],
    ['filesystems.exists(f f.usePercent)', 22],
    ['cpus > nproc', 8],
    ['f.usePercent > 1', 1],
    ['units.exists(u, u.active == "failed") && disk.full', 42],
    ['unknown(cpus)', 1],
    ['', 1],
  ])('%s is wrong at column %i', (expression, column) => {
    expect(checkCondition(expression, known)).toMatchObject({ column })
  })
})
