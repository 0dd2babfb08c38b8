import { render } from 'ink'
import { App } from '../../src/ui/app.tsx'
import type { Controller } from '../../src/ui/control/controller.ts'
import { createController } from '../../src/ui/control/create-controller.ts'
import { cutLongRows } from '../../src/ui/control/whole-rows.ts'
import type { Size } from '../../src/ui/layout/rectangle.ts'
import type { AppServices } from '../../src/ui/services.ts'
import { createFakeTerminal, type FakeTerminal } from './fake-terminal.ts'

const settledTurns = 3

/** The interface on a fake terminal. */
export type RenderedApp = {
  readonly controller: Controller
  readonly terminal: FakeTerminal
  /** The screen once everything that is known has been drawn. */
  readonly screen: () => Promise<readonly string[]>
  /** Types, then gives the screen. */
  readonly after: (text: string) => Promise<readonly string[]>
  readonly resize: (size: Size) => Promise<readonly string[]>
  readonly exited: Promise<unknown>
  readonly end: () => void
}

/** Shows the interface for the services as `runApp` does, on a fake terminal. */
export const renderApp = async (services: AppServices, size: Size): Promise<RenderedApp> => {
  const terminal = createFakeTerminal(size)
  const controller = createController(services)
  const started = controller.start()
  cutLongRows(terminal.stdout)
  const app = render(<App controller={controller} />, {
    stdout: terminal.stdout,
    stdin: terminal.stdin,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 250,
  })
  await started
  /** Work that React puts off is drawn a turn or two later: the screen counts once it stays the same. */
  const screen = async (): Promise<readonly string[]> => {
    let rows: readonly string[] = []
    for (let same = 0; same < settledTurns; ) {
      await app.waitUntilRenderFlush()
      const next = await terminal.screen()
      same = next.join('\n') === rows.join('\n') ? same + 1 : 0
      rows = next
    }
    return rows
  }
  return {
    controller,
    terminal,
    screen,
    after: text => {
      terminal.type(text)
      return screen()
    },
    resize: next => {
      terminal.resize(next)
      return screen()
    },
    exited: app.waitUntilExit(),
    end: app.unmount,
  }
}
