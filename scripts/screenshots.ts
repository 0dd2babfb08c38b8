import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import xterm from '@xterm/headless'
import { freshFolder, programLine } from '../test/kit/program.ts'
import { openTerminal } from '../test/kit/tmux.ts'
import { castOf } from './screenshots/cast.ts'
import { svgOf } from './screenshots/svg.ts'

// Walks one drill in a real terminal and makes pictures of it: an SVG for each screen that is named, and all of them as a cast.

const columns = 110
const rows = 34
const PATIENCE_MS = 120_000

/** What is pressed or typed, what must stand on the screen then, and the name of the picture. */
type Act = {
  readonly press?: string
  readonly type?: string
  readonly sees: RegExp
  readonly picture?: string
}

const acts: readonly Act[] = [
  { sees: /What is wrong\?/, picture: 'home' },
  { type: '/', sees: /./ },
  { press: 'Escape', sees: /What is wrong\?/ },
  { type: '3', sees: /Fire drills/ },
  { type: 'd', sees: /The pager says/, picture: 'drill' },
  { press: 'Enter', sees: /Quick scan/ },
  { type: 'R', sees: /recommended/, picture: 'step' },
  { type: 'm', sees: /Quick scan/, picture: 'map' },
  { press: 'Escape', sees: /recommended/ },
  { type: '!', sees: /Your own command/ },
  { type: 'ssh worker-1 systemctl start kubelet', sees: /start kubelet/ },
  { press: 'Enter', sees: /Run this\?/, picture: 'approval' },
  { press: 'Escape', sees: /recommended/ },
  { type: 'X', sees: /Finish the drill\?/ },
  { type: 'y', sees: /of 100/, picture: 'debrief' },
]

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url))

/** How long a command took is not the same twice; the picture shows one time for all. */
const steady = (screen: string): string => screen.replace(/\b\d\.\d s\b/g, '0.1 s')

const drawn = async (screen: string): Promise<xterm.Terminal> => {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true })
  await new Promise<void>(resolve => terminal.write(screen.trimEnd(), resolve))
  return terminal
}

mkdirSync(folder, { recursive: true })
const terminal = openTerminal({
  command: `${programLine} --target sim:kubelet-stopped --seed 1 --no-config --state-dir '${freshFolder()}'`,
  columns,
  rows,
  env: { LANG: 'C.UTF-8' },
})
const frames: string[] = []
try {
  for (const { press, type, sees, picture } of acts) {
    if (type !== undefined) terminal.type(type)
    if (press !== undefined) terminal.press(press)
    await terminal.sees(sees, PATIENCE_MS)
    const screen = steady(await terminal.settles(PATIENCE_MS))
    frames.push(screen)
    if (picture !== undefined)
      writeFileSync(
        join(folder, `${picture}.svg`),
        svgOf(await drawn(screen), `The screen "${picture}" of runtree`),
      )
  }
} finally {
  terminal.end()
}
writeFileSync(join(folder, 'drill.cast'), castOf(frames, { columns, rows }))
