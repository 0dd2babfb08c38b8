import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSession } from '../../src/runtime/index.ts'
import { tryKill, type Walk } from '../kit/kill-trial.ts'
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

// "npm run kill-trials" makes hundreds of these.
it.each<Walk>(['local', 'typed', 'sim'])(
  'kill -9 at any moment of a %s walk leaves a journal that goes on, whole outputs and no process',
  async walk => {
    const trial = await tryKill({ walk, since: 'first word', afterMs: Math.random() * 2_000 })
    expect(trial).toMatchObject({ wrong: [] })
  },
  60_000,
)
