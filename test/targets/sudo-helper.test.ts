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
const script = (folder: string, lines: string): string => `{
mkdir -m 700 ${folder}/desk && mkfifo ${folder}/desk/ask
bash -c "$(cat ${folder}/helper)" helper ${folder}/desk $$ &
until [ -e ${folder}/desk/ready ]; do :; done
. ${folder}/client
${lines}
rm -rf ${folder}/desk
wait
} </dev/null 2>&1 | cat`

const crowd = (folder: string): string => `
for shell in $(seq ${SHELLS}); do
  for _ in $(seq ${ROUNDS}); do
    bash -c 'echo in | sudo cat; sudo echo out; sudo bash -c "echo err >&2; exit 3"; echo $?'
  done 2>&1 | cat > ${folder}/out.$shell &
  shells+=($!)
done
wait "\${shells[@]}"
cat ${folder}/out.*`

/** Runs lines of bash in which sudo is handed over, and gives what they print. */
const withHelper = async (lines: (folder: string) => string): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'runtree-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'helper'), helperScript)
  writeFileSync(join(folder, 'client'), clientFunction(join(folder, 'desk')))
  writeFileSync(join(folder, 'sudo'), freeSudo)
  chmodSync(join(folder, 'sudo'), 0o755)
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` }
  const { stdout } = await promisify(execFile)('bash', ['-c', script(folder, lines(folder))], { env })
  return stdout
}

it('gives each command that is handed over the files of its own shell', async () => {
  expect(await withHelper(crowd)).toBe('in\nout\nerr\n3\n'.repeat(ROUNDS * SHELLS))
})

it('lets the shell write on after what a command wrote to the same file', async () => {
  const lines = (folder: string): string => `
{ echo 1; sudo echo 2; echo 3; sudo bash -c 'echo 4; echo 5 >&2'; echo 6; } > ${folder}/both 2>&1
{ sudo echo 7; echo 8; } >> ${folder}/both; echo out
cat ${folder}/both`
  expect(await withHelper(lines)).toBe('out\n1\n2\n3\n4\n5\n6\n7\n8\n')
})
