import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { freshFolder, programLine } from '../test/kit/program.ts'
import { hasTmux, openTerminal, type Terminal } from '../test/kit/tmux.ts'
import { waitFor } from '../test/kit/wait-for.ts'

/** What somebody does at the terminal, what must stand on the screen then, and what the reader is told: before the screen, and whether it is shown. */
type Act = {
  readonly say?: string
  readonly type?: string
  readonly press?: string
  readonly sees: string
  readonly show?: true
  /** For what is longer than the screen: shown from the line with this on. */
  readonly from?: string
}

/** A drill that is walked from its story to its end. */
type Walkthrough = {
  readonly title: string
  readonly drill: string
  readonly about: string
  readonly acts: readonly Act[]
  readonly end: string
}

const columns = 100
const rows = 35
const longRows = 90
const PATIENCE_MS = 120_000

const folder = fileURLToPath(new URL('../docs/walkthroughs/', import.meta.url))

const note = '<!-- Made by "npm run walkthroughs" from the file of the same name that ends in .yaml. -->'

const perform = (terminal: Terminal, { type, press, from }: Act): void => {
  if (from !== undefined) terminal.resize(columns, longRows)
  if (type !== undefined) {
    terminal.type(type)
    terminal.press('Enter')
  }
  if (press !== undefined) terminal.press(...press.split(' '))
}

/** The screen once it shows what is waited for and has stopped to change. */
const settledScreen = async (terminal: Terminal, sees: string): Promise<string> => {
  let last = ''
  return waitFor({
    what: `the screen to show ${sees}`,
    patienceMs: PATIENCE_MS,
    pollMs: 500,
    onTimeout: terminal.screen,
    probe: () => {
      const before = last
      last = terminal.screen()
      return last === before && new RegExp(sees, 'm').test(last) ? last : undefined
    },
  })
}

const cutFrom = (screen: string, from: string | undefined): string =>
  from === undefined ? screen : screen.slice(Math.max(0, screen.search(new RegExp(from, 'm'))))

const fence = (screen: string): string => `\`\`\`text\n${screen.trimEnd()}\n\`\`\``

const capture = async ({ title, drill, about, acts, end }: Walkthrough): Promise<string> => {
  const stateDir = freshFolder()
  const terminal = openTerminal({
    command: `${programLine} drill start ${drill} --shell --practice --state-dir '${stateDir}'; sleep 600`,
    columns,
    rows,
    env: { LANG: 'C.UTF-8' },
  })
  const parts = [note, `# ${title}`, about.trim()]
  try {
    for (const act of acts) {
      perform(terminal, act)
      const screen = (await settledScreen(terminal, act.sees)).replaceAll(stateDir, '~/.local/state/runtree')
      if (act.say !== undefined) parts.push(act.say.trim())
      if (act.show === true) parts.push(fence(cutFrom(screen, act.from).replace(/[ \t]+$/gm, '')))
    }
  } finally {
    terminal.end()
  }
  return `${[...parts, end.trim()].join('\n\n')}\n`
}

if (!hasTmux()) throw new Error('tmux is not installed. The screens are taken from a real terminal.')
const wanted = process.argv.slice(2)
for (const file of readdirSync(folder).filter(name => name.endsWith('.yaml'))) {
  const name = basename(file, '.yaml')
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const text = await capture(parse(readFileSync(join(folder, file), 'utf8')) as Walkthrough)
  writeFileSync(join(folder, `${name}.md`), text)
  console.log(`docs/walkthroughs/${name}.md`)
}
