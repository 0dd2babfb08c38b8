import { readText } from '../../files/file-tree.ts'
import { releaseIn } from '../../kube/image-release.ts'
import { knownImage } from '../../kube/known-images.ts'
import { nginxTestText } from '../../services/kube/nginx.ts'
import { nginxSettingFiles } from '../../services/kube/nginx-settings.ts'
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
  if (flags.has('T')) {
    const told = nginxSettingFiles(files).map(
      path => `# configuration file ${path}:\n${readText(files, path)}\n`,
    )
    return { stdout: told.join(''), stderr: nginxTestText }
  }
  if (flags.has('t')) return { stderr: flags.has('q') ? '' : nginxTestText }
  if (values.has('s')) return {}
  return {
    stderr: 'nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)\n',
    exit: 1,
  }
}

/** nginx(8) in containers of its image, as far as it asks the one that runs there. */
export const nginx: Program = { names: ['nginx'], isInstalled, run }
