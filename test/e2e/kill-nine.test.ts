import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSession } from '../../src/runtime/index.ts'
import { openPlain } from '../kit/plain-program.ts'
import { processesNamed } from '../kit/processes.ts'
import { freshFolder } from '../kit/program.ts'
import { waitFor } from '../kit/wait-for.ts'

const folder = freshFolder()
const document = join(folder, 'slow.md')
writeFileSync(document, '# Slow\n\n```bash\nsleep 876543\n```\n')

it('kill -9 while a command runs leaves no child, and a journal that replays to the state before', async () => {
  const program = openPlain(['open', document, '--state-dir', folder])
  await program.sees('Type r to run')
  program.type('c1')
  program.type('yes')
  await waitFor({ what: 'the command to run', probe: () => processesNamed('sleep 876543')[0] })
  program.kill('SIGKILL')
  await program.ended
  await waitFor({
    what: 'the child to be gone',
    probe: () => (processesNamed('sleep 876543').length === 0 ? true : undefined),
  })
  const sessions = join(folder, 'sessions')
  const [name = ''] = readdirSync(sessions)
  const stored = readSession(join(sessions, name))
  expect(stored).toMatchObject({ ok: true, value: { session: { current: { step: 'slow' } } } })
  expect(stored.ok && stored.value.unfinished.map(run => run.line)).toEqual(['sleep 876543'])
})
