import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshFolder, jsonLines, programArgv } from '../kit/program.ts'

const run = promisify(execFile)
const canary = 'canary-7c1e44'

const root = freshFolder()
const home = join(root, 'home')
const state = join(root, 'state')
const secretFile = join(home, 'secret.txt')
let server: Server
let asked = 0

/** The program as somebody runs it who has a home, a folder for passing files and a secret in the environment. */
const drill = async (...args: readonly string[]): Promise<string> => {
  const [node = '', script = ''] = programArgv
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    TMPDIR: join(root, 'tmp'),
    USER: canary,
    API_TOKEN: canary,
  }
  const ran = run(node, [script, 'drill', ...args, '--state-dir', state], {
    cwd: home,
    env,
    maxBuffer: 1 << 26,
  })
  // A drill that is not repaired ends with a status of its own.
  const { stdout, stderr } = await ran.catch((error: { stdout: string; stderr: string }) => error)
  return `${stdout}${stderr}`
}

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name))

beforeAll(async () => {
  for (const folder of [home, join(root, 'tmp')]) mkdirSync(folder)
  writeFileSync(secretFile, `${canary}\n`)
  server = createServer((_, response) => {
    asked += 1
    response.end(canary)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
})

afterAll(() => void server.close())

describe('a drill', () => {
  it('writes nothing outside the state directory', { timeout: 120_000 }, async () => {
    const script = join(root, 'script.txt')
    writeFileSync(script, 'run echo x > /tmp/made; kubectl get nodes -o yaml > out.yaml\nhint\nfinish\n')
    const before = filesBelow(root)
    await drill('start', 'kubelet-stopped', '--headless', '--script', script)
    await drill(
      'exec',
      'kubelet-stopped',
      'touch here /root/there',
      'mkdir -p ~/deep && echo y > ~/deep/file',
    )
    await drill('solve', 'kubelet-stopped')
    expect(await drill('scores')).toContain('kubelet-stopped')
    const made = filesBelow(root).filter(path => !before.includes(path))
    expect(made).not.toEqual([])
    expect(made.filter(path => !path.startsWith(`${state}/`))).toEqual([])
  })

  it('reads nothing of the machine that it runs on', { timeout: 60_000 }, async () => {
    const { port } = server.address() as AddressInfo
    const address = `127.0.0.1:${port}`
    const lines = [
      `cat ${secretFile}`,
      `cat ../..${secretFile} ~/secret.txt ./secret.txt secret.txt`,
      `echo "$(<${secretFile})"; cat < ${secretFile}; source ${secretFile}; . ${secretFile}`,
      `ln -s ${secretFile} /tmp/link; cat /tmp/link`,
      `read -r line < ${secretFile}; echo "[$line]"; mapfile -t a < ${secretFile}; echo "\${a[@]}"`,
      `cat <<< "$(tail ${secretFile})"; grep -r canary ${home} /etc; find ${root}; ls -R ${home}`,
      'env; export -p; declare -p; set; echo "$API_TOKEN $USER $HOME $PATH"',
      'cat /proc/self/environ /proc/1/environ /proc/self/cmdline; ls -l /proc/self/cwd /proc/self/exe',
      'cat /etc/passwd /etc/hostname; whoami; hostname; id; pwd',
      `curl -sm 3 http://${address}/; curl -sm 3 http://localhost:${port}/; wget -qO- http://${address}/`,
      `timeout 3 cat < /dev/tcp/127.0.0.1/${port}; echo GET / | nc -w 2 127.0.0.1 ${port}`,
      `python3 -c 'print(open("${secretFile}").read())'; node -p process.env; perl -pe1 ${secretFile}; sqlite3 :memory: .databases`,
      `awk '{print}' ${secretFile}; awk 'BEGIN{while((getline l < "${secretFile}")>0) print l; print ENVIRON["API_TOKEN"]}'`,
      `sed -n 'r ${secretFile}' /etc/hosts; jq -n 'env'; jq -R . ${secretFile}; tar c ${home} | cat; base64 ${secretFile}`,
      `kubectl create cm x --from-file=${secretFile} -o yaml --dry-run=client; kubectl apply -f ${secretFile}`,
      `bash ${secretFile}; bash -c 'cat ${secretFile}'; ssh worker-1 cat ${secretFile}; sudo cat ${secretFile}`,
    ]
    const ran = jsonLines(await drill('exec', 'healthy', ...lines, '--json'))
    expect(ran).toHaveLength(lines.length + 1)
    const told = ran.map(({ stdout, stderr }) => `${stdout}${stderr}`).join('')
    expect(told.replaceAll(root, '')).not.toContain(canary)
    expect(told).not.toContain(process.env.PATH)
    expect(told).toContain('workstation')
    expect(asked).toBe(0)
  })
})
