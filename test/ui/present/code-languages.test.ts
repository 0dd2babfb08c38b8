import { expect, it, vi } from 'vitest'
import { codeLanguages } from '../../../src/ui/present/code-languages.ts'
import { presentMarkdown } from '../../../src/ui/present/present-markdown.ts'

// What colours code asks the environment, when it is loaded, whether there are colours.
vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '1'))

const draw = (opening: string, code: string) => presentMarkdown(`\`\`\`${opening}\n${code}\n\`\`\``, 40)

const isColoured = (opening: string, code: string, part: string): boolean =>
  draw(opening, code).some(row => row.some(({ text, tone }) => text === part && tone === 'code'))

it('colours code in a language that its block names, whatever stands behind the name', () => {
  for (const opening of ['bash', 'sh', 'Bash', 'bash where=node', 'bash{1,3}', 'zsh,title'])
    expect([opening, isColoured(opening, 'echo "text"', '"text"')]).toEqual([opening, true])
  for (const opening of ['yaml', 'yml {#here}', 'YAML', 'json', 'jsonc'])
    expect([opening, isColoured(opening, '{"a": "text"}', '"text"')]).toEqual([opening, true])
})

it('shows code in no language, or in one that is not known, as it is and complains of nothing', () => {
  const complain = vi.spyOn(console, 'error')
  for (const opening of ['', 'haproxy', 'text', 'constructor', '{.bash}'])
    expect(draw(opening, 'global "text" 1')).toEqual([[{ text: '  global "text" 1', tone: 'plain' }]])
  expect(complain).not.toHaveBeenCalled()
})

it('knows each language by one name only once', () => {
  const names = Object.values(codeLanguages).flat()
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})

it('lists only languages that there are', () => {
  const complain = vi.spyOn(console, 'error')
  for (const language of Object.values(codeLanguages)) expect(draw(language[0] ?? '', 'a')).not.toEqual([])
  expect(complain).not.toHaveBeenCalled()
})
