import { readText } from '../../files/file-tree.ts'
import { releaseIn } from '../../kube/image-release.ts'
import { knownImage } from '../../kube/known-images.ts'
import { nginxSettingFiles, nginxTest } from '../../services/kube/nginx-settings.ts'
import type { Call, Post, Program, Reply } from '../../shell/program.ts'
import { readOptions } from './option-reader.ts'

const isInstalled = ({ container }: Post): boolean =>
  container !== undefined && knownImage(container.image)?.service === 'nginx'

const run = ({ args, container, machine: { files } }: Call): Reply => {
  const { flags, values } = readOptions(args, {
    switches: ['v', 'V', 't', 'T', 'q'],
    valued: ['s', 'c', 'g'],
  })
  if (flags.has('v') || flags.has('V'))
    return { stderr: `nginx version: nginx/${releaseIn(container?.image ?? '')}\n` }
  const { text, isWell } = nginxTest(files)
  if (flags.has('T') && isWell) {
    const told = nginxSettingFiles(files).map(
      path => `# configuration file ${path}:\n${readText(files, path)}\n`,
    )
    return { stdout: told.join(''), stderr: text }
  }
  if (flags.has('t') || flags.has('T'))
    return { stderr: flags.has('q') && isWell ? '' : text, exit: isWell ? 0 : 1 }
  if (!isWell) return { stderr: text.replace(/nginx: configuration.*\n/, ''), exit: 1 }
  if (values.has('s')) return {}
  return {
    stderr: 'nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)\n',
    exit: 1,
  }
}

/** nginx(8) in containers of its image, as far as it asks the one that runs there. */
export const nginx: Program = { names: ['nginx'], isInstalled, run }
