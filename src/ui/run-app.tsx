import { render } from 'ink'
import { App } from './app.tsx'
import { createController } from './control/create-controller.ts'
import type { AppEnd, AppServices } from './services.ts'

/** Ink throttles painting, not rendering; the store notifies at most 30 times a second, so a higher rate only takes latency away. */
const maxFps = 250

/**
 * Shows the interface on the terminal until it is left; needs a terminal on stdin and stdout. The terminal is as before when this
 * resolves, and every session is closed.
 */
export const runApp = async (services: AppServices): Promise<AppEnd> => {
  const controller = createController(services)
  const started = controller.start()
  const app = render(<App controller={controller} />, {
    exitOnCtrlC: false,
    patchConsole: true,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps,
  })
  await app.waitUntilExit()
  await started
  return controller.end()
}
