import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freshFolder } from './program.ts'

/** How each line of the flood begins: its end is cut off where the screen is too narrow for it. */
export const lineBegins = 'kubelet[2214]: '

/** Writes so many lines a second for as long as somebody reads, a few every ten milliseconds. */
export const writer = (linesPerSecond: number): string => `
const { writeSync } = require('node:fs')
let line = 0
const begun = performance.now()
for (;;) {
  const due = (performance.now() - begun) * ${linesPerSecond} / 1000
  let piece = ''
  while (line < due) piece += '${lineBegins}I1121 06:17:42 reconciler.go:224] line ' + (line += 1) + ' of a flood that does not end\\n'
  if (piece !== '') writeSync(1, piece)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
}`

/** The least that can be done with the stream: keep the newest lines, write those that changed, thirty times a second. */
export const rawScreen = `
let lines = [], rest = '', dirty = false
process.stdin.setEncoding('utf8').on('data', piece => {
  const all = (rest + piece).split('\\n'); rest = all.pop(); lines = [...lines, ...all].slice(-26); dirty = true
})
setInterval(() => { if (dirty) { dirty = false; process.stdout.write(lines.map((l, i) => '\\x1b[' + (i + 1) + ';1H' + l.slice(0, 100) + '\\x1b[K').join('')) } }, 33)`

/** A runbook whose one command reads a pipe, and whoever writes into that. */
export type Flood = {
  readonly document: string
  /** The pipe by itself, for other programs. */
  readonly pipe: string
  readonly begin: () => void
  readonly end: () => void
}

/** Makes the pipe and the runbook for a flood. */
export const openFlood = (linesPerSecond: number): Flood => {
  const folder = freshFolder()
  const [pipe, document] = [join(folder, 'pipe'), join(folder, 'flood.md')]
  spawnSync('mkfifo', [pipe])
  writeFileSync(document, `# Flood\n\n\`\`\`bash\ncat ${pipe}\n\`\`\`\n`)
  let child: ReturnType<typeof spawn> | undefined
  return {
    document,
    pipe,
    begin: () => {
      child = spawn('sh', ['-c', `exec ${process.execPath} -e "$0" > ${pipe}`, writer(linesPerSecond)])
      child.on('error', () => undefined)
    },
    end: () => void child?.kill('SIGKILL'),
  }
}
