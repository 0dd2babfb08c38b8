import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { listSshHosts } from '../../src/targets/index.ts'

const homeWith = (files: Readonly<Record<string, string>>): string => {
  const home = mkdtempSync(join(tmpdir(), 'runtree-test-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  mkdirSync(join(home, '.ssh/more'), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, '.ssh', name), text)
  return home
}

it('names the hosts of the ssh configuration and of what it includes, without patterns, each once', () => {
  const home = homeWith({
    config:
      'Include more/*.conf missing\nHost cp-1 "worker-2" *.example.org !jump node-?\n  HostName 10.0.0.1\nhost=cp-1 db\nMatch host x\n',
    'more/a.conf': 'Host bastion\nInclude more/a.conf\n',
  })
  expect(listSshHosts(home)).toEqual(['bastion', 'cp-1', 'worker-2', 'db'])
})

it('names none where there is no configuration', () => {
  expect(listSshHosts(homeWith({}))).toEqual([])
  expect(listSshHosts(undefined)).toEqual([])
})
