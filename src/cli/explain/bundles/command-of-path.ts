import { clusterInfoDump } from './cluster-info-dump.ts'
import { commandOfFileName } from './command-of-file-name.ts'
import { gravityReport } from './gravity-report.ts'
import type { Layout } from './layout.ts'
import { mustGather } from './must-gather.ts'
import { sosReport } from './sos-report.ts'

// The more particular first: a must-gather's paths say more than a name does.
const layouts: Layout = [...mustGather, ...sosReport, ...gravityReport, ...clusterInfoDump]

const byLayout = (path: string): string | undefined => {
  for (const [shape, commandOf] of layouts) {
    const groups = shape.exec(path)?.slice(1)
    const command = groups && commandOf(groups)
    if (command !== undefined) return command
  }
  return undefined
}

const endings = /(?:\.(?:txt|log|out|output|stdout|stderr|err|json|yaml|yml))+$/i

/**
 * The command whose output a file of a folder holds, told from where it lies in a known kind of bundle (must-gather, sosreport, a Gravity
 * report, a dump of a cluster), else from its name; `undefined` where neither tells.
 */
export const commandOfPath = (path: string): string | undefined => {
  const unpacked = path.replace(/\.gz$/i, '')
  const name = unpacked.slice(unpacked.lastIndexOf('/') + 1)
  return byLayout(unpacked) ?? commandOfFileName(name.replace(endings, ''))
}
