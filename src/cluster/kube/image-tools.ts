import { knownImage, readImageName } from './known-images.ts'

/** What an image has beside its own program: nothing, the small tools of busybox, or those of a distribution. */
export type ImageTools = 'none' | 'busybox' | 'full'

/** Services whose images hold their program alone. */
const bare = new Set(
  'coredns metrics-server cert-manager cert-manager-webhook kube-apiserver kube-controller-manager kube-scheduler calico-kube-controllers'.split(
    ' ',
  ),
)
const full =
  /(^|\/)(ubuntu|debian|postgres|redis|nginx|netshoot|debian-tall|node|kube-proxy|etcd|rancher|rancher-agent|controller|controller-manager)$/

/** The tools in an image. */
export const toolsOf = (image: string): ImageTools => {
  const { repository, tag } = readImageName(image)
  if (bare.has(knownImage(image)?.service ?? '')) return 'none'
  return full.test(repository) && !tag.includes('alpine') ? 'full' : 'busybox'
}

/** What /etc/os-release says in an image. */
export const releaseOf = (image: string): string => {
  const { repository, tag } = readImageName(image)
  if (repository.endsWith('/ubuntu')) {
    const version = /^\d+\.\d+/.exec(tag)?.[0] ?? '24.04'
    return `PRETTY_NAME="Ubuntu ${version} LTS"\nNAME="Ubuntu"\nVERSION_ID="${version}"\nID=ubuntu\nID_LIKE=debian\n`
  }
  return toolsOf(image) === 'full' && !repository.endsWith('/netshoot')
    ? 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n'
    : 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.19.1\nPRETTY_NAME="Alpine Linux v3.19"\n'
}
