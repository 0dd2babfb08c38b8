import { Box, useAnimation, useApp, useInput, usePaste, useStdin, useStdout, useWindowSize } from 'ink'
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useSyncExternalStore } from 'react'
import { runningRun } from '../session/index.ts'
import type { Controller } from './control/controller.ts'
import { copySequence } from './control/osc-52.ts'
import { releaseInput } from './control/release-input.ts'
import { breakLongRows, cutLongRows } from './control/whole-rows.ts'
import { splitKeys } from './keys/press.ts'
import { Screen } from './screens/screen.tsx'
import type { LendTerminal } from './services.ts'
import { Drawing, drawFor } from './widgets/drawing.ts'

const tickMs = 1000

/** Goes to the upper left corner and erases from there. */
const emptyScreen = '\x1b[H\x1b[J'

/** Gives the controller the terminal, and takes it back when the screen goes. */
const useTerminal = (controller: Controller): void => {
  const { exit, suspendTerminal } = useApp()
  const { stdout, write } = useStdout()
  const { stdin } = useStdin()
  useEffect(() => {
    let isLent = false
    const lend: LendTerminal = async use => {
      isLent = true
      const suspension = await suspendTerminal()
      try {
        breakLongRows(stdout)
        await releaseInput(stdin)
        return await use()
      } finally {
        cutLongRows(stdout)
        await suspension.resume()
        isLent = false
      }
    }
    const { multiplexer, onTerminal } = controller.getMoment().services
    controller.attach({
      exit: () => exit(),
      lend,
      isLent: () => isLent,
      // What is written this way goes before a whole frame, in one go with it.
      repaint: () => write(emptyScreen),
      copy: text => stdout.write(copySequence(text, multiplexer)),
    })
    onTerminal(lend)
  }, [controller, exit, suspendTerminal, stdin, stdout, write])
}

/** The whole interface: draws the controller's moments and hands it every key. */
export const App = ({ controller }: { readonly controller: Controller }): ReactNode => {
  const size = useWindowSize()
  useLayoutEffect(() => controller.resize(size), [controller, size])
  useTerminal(controller)
  useInput((input, key) => controller.type(splitKeys(input, key)))
  usePaste(text => controller.paste(text))
  const moment = useSyncExternalStore(controller.subscribe, controller.getMoment)
  const isRunning = moment.snapshot !== undefined && runningRun(moment.snapshot.session) !== undefined
  useAnimation({ interval: tickMs, isActive: isRunning || moment.ui.place.kind === 'waiting' })
  const draw = useMemo(() => drawFor(moment.services.appearance), [moment.services.appearance])
  return (
    <Drawing value={draw}>
      <Box width={size.columns} height={size.rows}>
        <Screen moment={controller.momentAt(size)} />
      </Box>
    </Drawing>
  )
}
