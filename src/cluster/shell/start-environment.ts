import { imageFolder } from '../kube/image-environment.ts'
import { accountsOf } from '../relations/accounts.ts'
import { hostnameOf } from '../relations/hostname.ts'
import type { Post } from './program.ts'

const homeOf = ({ user, machine, container }: Post): string => {
  if (user === 'root') return '/root'
  const { home } = accountsOf(machine).find(({ name }) => name === user) ?? {}
  return home ?? (container === undefined ? `/home/${user}` : '/')
}

/** The folder in which a shell begins: at home, in a container where its pod says, or its image. */
export const startFolder = (post: Post): string =>
  post.container === undefined ? homeOf(post) : (post.container.folder ?? imageFolder(post.container.image))

/** What a shell finds in its environment: in a container what its runtime gives to it, else what a login does. */
export const startEnvironment = (post: Post): Readonly<Record<string, string>> =>
  post.container === undefined
    ? {
        HOME: homeOf(post),
        USER: post.user,
        LOGNAME: post.user,
        SHELL: '/bin/bash',
        PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin',
        LANG: 'C.UTF-8',
        TERM: 'xterm-256color',
        HOSTNAME: hostnameOf(post.machine),
        ...post.machine.environment,
      }
    : { ...post.container.environment, HOME: homeOf(post) }
