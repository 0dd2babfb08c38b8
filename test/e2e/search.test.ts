import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { freshFolder, runProgram } from '../kit/program.ts'

type Hit = { readonly kind: string; readonly id: string; readonly title: string }

const search = (...words: readonly string[]): readonly Hit[] =>
  JSON.parse(runProgram(['search', ...words, '--json']).stdout)

it('words find steps, commands, causes and drills, titles first', () => {
  const hits = search('swap')
  expect(new Set(hits.map(({ kind }) => kind))).toEqual(new Set(['step', 'command', 'cause', 'drill']))
  expect(hits[0]).toMatchObject({ kind: 'step', title: expect.stringMatching(/swap/i) })
  expect(hits).toContainEqual(expect.objectContaining({ kind: 'cause', id: 'swap-enabled' }))
  expect(runProgram(['search', 'no-such-word-anywhere']).status).toBe(1)
})

const completed = (words: readonly string[]): readonly string[] => {
  const script = join(freshFolder(), 'completion.bash')
  writeFileSync(script, runProgram(['completion', 'bash']).stdout)
  const line = `source ${script}; COMP_WORDS=(runtree ${words.join(' ')}); COMP_CWORD=${words.length}; _runtree; echo "\${COMPREPLY[@]}"`
  return spawnSync('bash', ['-c', line], { encoding: 'utf8' }).stdout.trim().split(' ')
}

it('bash completes commands, runbooks, drills and options', () => {
  expect(completed(['rep'])).toEqual(['report'])
  expect(completed(['open', 'mks'])).toEqual(expect.arrayContaining(['mks-node', 'mks-production']))
  expect(completed(['drill', 'start', 'kubelet-st'])).toEqual(['kubelet-stopped'])
  expect(completed(['report', '--form'])).toEqual(['--format'])
})

it('other shells get theirs, and an unknown one an error', () => {
  expect(runProgram(['completion', 'zsh']).stdout).toMatch(/^#compdef runtree/)
  expect(runProgram(['completion', 'fish']).stdout).toContain('complete -c runtree')
  expect(runProgram(['completion', 'tcsh']).stderr).toContain('bash, zsh, fish')
})
