import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { freshFolder, runProgram } from '../kit/program.ts'

const marked = readFileSync(
  fileURLToPath(new URL('../fixtures/redaction/secrets.txt', import.meta.url)),
  'utf8',
)
const secrets = [...new Set([...marked.matchAll(/«([^»]{5,})»/g)].map(match => match[1] ?? ''))]
const key = 'MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn'

const everythingBelow = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')

it('no secret that a command prints, or that someone types, reaches the disk or the screen', () => {
  const folder = freshFolder()
  const state = freshFolder()
  const outputs = join(folder, 'outputs.txt')
  writeFileSync(
    outputs,
    `${marked.replace(/[«»]/g, '')}-----BEGIN EC PRIVATE KEY-----\n${key}\n-----END EC PRIVATE KEY-----\n`,
  )
  const document = join(folder, 'look.md')
  writeFileSync(
    document,
    `# Look\n\n\`\`\`bash\ncat ${outputs}\n\`\`\`\n\n\`\`\`bash\necho "$NAME" TICKET\n\`\`\`\n`,
  )
  const typed = [
    'c1',
    'yes',
    '! echo "Authorization: Bearer 7a6b5c4d3e2f1a0b" | wc -c',
    'c1 printf "%s\\n" "--password=typed-by-hand" | sed s/typed/was/',
    'note the token is ghp_zyxwvutsrqponmlkjihgfedcba9876543210',
    'q',
  ]
  const { stdout, stderr } = runProgram(
    [
      'open',
      document,
      '--plain',
      '--state-dir',
      state,
      '--var',
      'TICKET=ghp_abcdefghijabcdefghijabcdefghij0123',
    ],
    `${typed.join('\n')}\n`,
  )
  const seen = stdout + stderr + everythingBelow(state)
  const all = [
    ...secrets,
    key,
    '7a6b5c4d3e2f1a0b',
    'typed-by-hand',
    'zyxwvutsrqponmlkjihgfedcba',
    'abcdefghijabcdefghijabcdefghij0123',
  ]
  expect(secrets.length).toBeGreaterThan(60)
  expect(all.filter(secret => seen.includes(secret))).toEqual([])
  expect(stdout).toMatch(/MASKED-PASSWORD-\d/)
  // What was typed ran as it was typed: 38 characters and the newline.
  expect(stdout).toMatch(/^\s*39$/m)
  expect(seen).toContain('"masked":{')
})
