import { commandOfFileName } from './command-of-file-name.ts'
import { isRecognised } from './is-recognised.ts'
import type { Layout } from './layout.ts'

const knownFile = ([path = '']: readonly string[]): string | undefined => {
  const command = `cat /${path}`
  return isRecognised(command) ? command : undefined
}

/**
 * What `sos report` collects: outputs under the name of their plugin, in which everything but letters, digits, dashes and dots became an
 * underscore and a slash a dot; and files where they lay on the machine.
 */
export const sosReport: Layout = [
  [/(?:^|\/)sos_commands\/.*?([^/]+)$/, ([name = '']) => commandOfFileName(name)],
  [/(?:^|\/)((?:proc|etc|sys)\/.+)$/, knownFile],
]
