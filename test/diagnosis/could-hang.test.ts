import { describe, expect, it } from 'vitest'
import { couldHang } from '../../src/diagnosis/index.ts'

describe('couldHang', () => {
  it.each([
    '(?:a{1,17})+$',
    '(?:a{1,4}){1,5}(?:a+)+$',
    'x{0,200}(?:a+)+$',
    String.raw`\d{20}|(?:a+)+$`,
    '(?:a+){2,17}$',
    '(?:a|aa)+x{20}',
  ])('says so of %s', source => {
    expect(couldHang(source)).toBe(true)
  })

  it.each([
    '(?:a+)+$',
    '(?:a{1,16})+$',
    String.raw`KD-\d{20}`,
    String.raw`(?:[0-9a-f]{2}:){5}[0-9a-f]{2}`,
    'a{1,400}',
    '(?:ab)?c{40}',
    'x',
  ])('does not of %s', source => {
    expect(couldHang(source)).toBe(false)
  })
})
