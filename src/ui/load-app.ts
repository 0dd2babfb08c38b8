import type { AppEnd, AppServices } from './services.ts'

/**
 * Shows the interface on the terminal until it is left; needs a terminal on stdin and stdout. The terminal is as before when this
 * resolves, and every session is closed. Ink and React are loaded only when this is called.
 */
export const runApp = async (services: AppServices): Promise<AppEnd> => {
  const app = await import('./run-app.tsx')
  return app.runApp(services)
}
