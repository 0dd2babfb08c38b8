import { quoteWords } from '../kube/quote-words.ts'
import { getObject } from '../kube/store.ts'
import { everywhere, type Program } from '../shell/program.ts'
import type { Machine } from '../world/machine.ts'

/** The system below a node's root as a pod sees it: Planet's where there is one, with the pod's own network. */
const rootOf = (host: Machine, inside: Machine): Machine =>
  host.planet === undefined || inside === host
    ? host
    : { ...host.planet, name: inside.name, interfaces: inside.interfaces, routes: inside.routes }

/** chroot(8): from a pod that mounts its node's root, into that node; elsewhere only into folders that hold a system. */
export const chroot: Program = {
  names: ['chroot'],
  isInstalled: everywhere,
  run: async ({ world, args, machine, host, container, passage, user, stdin }) => {
    const [folder = '', ...words] = args
    if (folder === '')
      return { stderr: "chroot: missing operand\nTry 'chroot --help' for more information.\n", exit: 125 }
    const pod =
      container === undefined
        ? undefined
        : getObject(world.kube, { kind: 'Pod', namespace: container.namespace, name: container.podName })
    const spec = pod?.spec?.containers?.find((c: { name: string }) => c.name === container?.name)
    const mount = spec?.volumeMounts?.find(
      (m: { mountPath: string }) => m.mountPath === folder.replace(/(.)\/$/, '$1'),
    )
    const volume = pod?.spec?.volumes?.find((v: { name: string }) => v.name === mount?.name)
    const isRoot = volume?.hostPath?.path === '/' || (container === undefined && folder === '/')
    if (!isRoot)
      return {
        stderr: machine.files.has(folder)
          ? `chroot: failed to run command ‘${words[0] ?? '/bin/bash'}’: No such file or directory\n`
          : `chroot: cannot change root directory to '${folder}': No such file or directory\n`,
        exit: machine.files.has(folder) ? 127 : 125,
      }
    const post = { machine: rootOf(host, machine), host, container: undefined, user }
    if (words.length > 0 && !/^\S*(ba)?sh$/.test(words.join(' ')))
      return passage.runAt(post, quoteWords(words), { stdin, cwd: '/' })
    if (!passage.hasTerminal) return passage.runAt(post, stdin, { cwd: '/' })
    passage.enter(post, { cwd: '/' })
    return {}
  },
}
