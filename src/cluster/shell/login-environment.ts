import { hostnameOf } from '../relations/hostname.ts'
import type { Post } from './program.ts'

/** The home folder of a post's user. */
export const homeOf = ({ user, container }: Post): string =>
  container !== undefined ? '/' : user === 'root' ? '/root' : `/home/${user}`

/** What a login shell finds in its environment. */
export const loginEnvironment = (post: Post): Readonly<Record<string, string>> => ({
  HOME: homeOf(post),
  USER: post.user,
  LOGNAME: post.user,
  SHELL: '/bin/bash',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin',
  LANG: 'C.UTF-8',
  TERM: 'xterm-256color',
  HOSTNAME: hostnameOf(post.machine),
  ...post.machine.environment,
})
