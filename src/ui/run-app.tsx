import { render } from 'ink'
import { App } from './app.tsx'
import { createController } from './control/create-controller.ts'
import { breakLongRows, cutLongRows } from './control/whole-rows.ts'
import { warmUpCells } from './present/cells.ts'
import type { AppEnd, AppServices } from './services.ts'

/** Ink throttles painting, not rendering; the store notifies at most 30 times a second, so a higher rate only takes latency away. */
const maxFps = 250

/** The interface on the process's own terminal; the documentation stands at the room's `runApp`. */
export const runApp = async (services: AppServices): Promise<AppEnd> => {
  const { stdin, stdout } = process
  const controller = createController(services)
  controller.resize({ columns: stdout.columns, rows: stdout.rows })
  // Ink takes the terminal raw only after its first frame: what is typed before that would be echoed into the frame.
  stdin.setRawMode(true)
  const giveRowsBack = (): void => breakLongRows(stdout)
  process.once('exit', giveRowsBack)
  cutLongRows(stdout)
  const started = controller.start()
  const app = render(<App controller={controller} />, {
    // Whoever calls this has a terminal; Ink would think otherwise wherever CI is set.
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: true,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps,
  })
  void services.stopRequested?.then(controller.stop)
  await app.waitUntilRenderFlush()
  warmUpCells()
  services.onFirstFrame?.()
  await Promise.all([controller.warmUp(), app.waitUntilExit()])
  process.off('exit', giveRowsBack)
  giveRowsBack()
  await started
  return controller.end()
}
