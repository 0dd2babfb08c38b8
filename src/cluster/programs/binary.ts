import { readText } from '../files/file-tree.ts'
import { everywhere, type Program, type Reply } from '../shell/program.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** How the files of programs begin that the simulated machines only have, not run by their text. */
const BINARY_MARK = '\u007fELF'

const asksVersion = (args: readonly string[]): boolean =>
  args.length > 0 && /^(--?version|-v|-V|version)$/.test(args[0] ?? '')

const versions: Readonly<Record<string, (machine: Machine, world: World) => string | undefined>> = {
  kubelet: (_, { kube }) => `Kubernetes ${kube.version}`,
  'kube-proxy': (_, { kube }) => `Kubernetes ${kube.version}`,
  chisel: () => '1.9.1',
  runc: () =>
    'runc version 1.1.12\ncommit: v1.1.12-0-g51d5e94\nspec: 1.0.2-dev\ngo: go1.20.13\nlibseccomp: 2.5.3',
  containerd: ({ runtime }) =>
    runtime === undefined
      ? undefined
      : `containerd github.com/containerd/containerd v${runtime.version} 7c3aca7a610df76212171d200ca3811ff6096eb8`,
}

/** What runs when the file of a program is called by its path: the program where there is one, or a word on services. */
export const binary: Program = {
  names: ['__binary'],
  isInstalled: everywhere,
  run: async ({ args: [path = '', ...args], machine, world, passage, stdin }): Promise<Reply> => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    const usual = `/usr/bin/${name}`
    const text = readText(machine.files, usual)
    if (text !== undefined && !text.startsWith(BINARY_MARK))
      return passage.runHere([usual, ...args], { stdin })
    const version = asksVersion(args) ? versions[name]?.(machine, world) : undefined
    return version === undefined
      ? { stderr: `${name}: runs as a service here; systemctl and journalctl tell of it\n`, exit: 1 }
      : { stdout: `${version}\n` }
  },
}
