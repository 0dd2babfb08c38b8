import { describe, expect, it } from 'vitest'
import { scopes } from '../../../src/ui/keys/binding.ts'
import { bindings } from '../../../src/ui/keys/bindings.ts'
import { ownBindings } from '../../../src/ui/keys/own-bindings.ts'
import { scopeChains } from '../../../src/ui/keys/scopes-of.ts'

const taken = (own: Readonly<Record<string, readonly string[]>>) => ownBindings(new Map(Object.entries(own)))
const told = (own: Readonly<Record<string, readonly string[]>>): readonly string[] =>
  taken(own).problems.map(({ id, message }) => `${id}: ${message}`)
const keysOf = (own: Readonly<Record<string, readonly string[]>>, id: string) =>
  taken(own).bindings.find(binding => binding.id === id)?.keys

describe("keys of the operator's own", () => {
  it('take the place of those of the program', () => {
    expect(keysOf({ help: ['H'] }, 'help')).toEqual(['H'])
    expect(keysOf({ 'output-follow': ['F', 'Ctrl-T', 'ctrl-t'] }, 'output-follow')).toEqual(['F', 'ctrl-t'])
    expect(keysOf({ 'output-page-down': ['PgDn', ' '] }, 'output-page-down')).toEqual(['pgdn', 'space'])
    expect(keysOf({ help: ['H'] }, 'note')).toEqual(['N'])
  })

  it('may change places with each other', () => {
    expect(told({ note: ['v'], variables: ['N'] })).toEqual([])
  })

  it('name an action that there is', () => {
    expect(told({ helpp: ['H'] })).toEqual(['helpp: there is no action "helpp"; did you mean help?'])
    expect(told({ 'brew-coffee': ['H'] })).toEqual([
      'brew-coffee: there is no action "brew-coffee"; "runtree keys --json" lists them all',
    ])
  })

  it('are keys that a terminal sends', () => {
    expect(told({ help: ['ctrl-m'] })).toEqual([
      'help: "ctrl-m" arrives as enter, and cannot be told from it',
    ])
    expect(told({ help: ['pgdwn'] })).toEqual(['help: there is no key "pgdwn"; did you mean pgdn?'])
    expect(told({ help: ['alt-x'] })[0]).toMatch(/^help: there is no key "alt-x"/)
    expect(told({ help: ['ab'] })[0]).toMatch(/^help: there is no key "ab"/)
  })

  it('are no key of another action of the scope', () => {
    expect(told({ note: ['v'] })).toEqual(['note: v is that of variables on a step'])
    expect(told({ note: ['x'], variables: ['x'] })).toEqual([
      'note: x is that of variables on a step',
      'variables: x is that of note on a step',
    ])
  })

  it('never stand before stopping, refusing or leaving', () => {
    expect(told({ 'output-follow': ['ctrl-c'] })[0]).toMatch(/Ctrl-C stays that of interrupt/)
    expect(told({ 'output-follow': ['q'] })[0]).toMatch(/q stays that of leave/)
    expect(told({ 'search-down': ['esc'] })[0]).toMatch(/Esc stays that of field-close/)
    expect(told({ 'menu-down': ['y'] })[0]).toMatch(/y stays that of leave-yes/)
  })

  it('leave what is for safety as it is', () => {
    for (const id of ['interrupt', 'approval-answer', 'approval-refuse', 'leave', 'leave-yes', 'home-quit'])
      expect(told({ [id]: ['x'] })).toEqual([expect.stringContaining('keeps its keys')])
    expect(told({ choose: ['a'] })[0]).toMatch(/each of them means something else/)
  })

  it('type nothing where text is typed', () => {
    expect(told({ 'search-down': ['j'] })[0]).toMatch(/j types/)
    expect(told({ 'search-down': ['ctrl-j'] })[0]).toMatch(/arrives as enter/)
    expect(told({ 'search-down': ['ctrl-e'] })).toEqual([])
  })

  it('take nothing at all where one of them cannot be', () => {
    expect(taken({ help: ['H'], nothing: ['x'] }).bindings).toBe(bindings)
  })

  it('are weighed in every scope that has keys', () => {
    const used = scopes.filter(scope => bindings.some(binding => binding.scope === scope))
    expect(used.filter(scope => !scopeChains.some(chain => chain.includes(scope)))).toEqual([])
  })
})
