import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { clientFunction, helperScript } from '../../src/targets/sudo/helper-script.ts'

const ROUNDS = 6
/** So many shells hand commands over at once that the helper and they get in each other's way. */
const SHELLS = 8

// A sudo that asks nobody, so that no root is needed.
const freeSudo = '#!/bin/bash\n[ "$1" = -n ] && shift\nexec "$@"\n'

// Node's own pipes are sockets, which no other process can open by their path.
const script = (folder: string): string => `{
mkdir -m 700 ${folder}/desk && mkfifo ${folder}/desk/ask
bash -c "$(cat ${folder}/helper)" helper ${folder}/desk $$ &
until [ -e ${folder}/desk/ready ]; do :; done
. ${folder}/client
for shell in $(seq ${SHELLS}); do
  for _ in $(seq ${ROUNDS}); do
    bash -c 'echo in | sudo cat; sudo echo out; sudo bash -c "echo err >&2; exit 3"; echo $?'
  done 2>&1 | cat > ${folder}/out.$shell &
  shells+=($!)
done
wait "\${shells[@]}"
cat ${folder}/out.*
rm -rf ${folder}/desk
wait
} </dev/null 2>&1 | cat`

it('gives each command that is handed over the files of its own shell', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runtree-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'helper'), helperScript)
  writeFileSync(join(folder, 'client'), clientFunction(join(folder, 'desk')))
  writeFileSync(join(folder, 'sudo'), freeSudo)
  chmodSync(join(folder, 'sudo'), 0o755)
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` }
  const { stdout } = await promisify(execFile)('bash', ['-c', script(folder)], { env })
  expect(stdout).toBe('in\nout\nerr\n3\n'.repeat(ROUNDS * SHELLS))
})
