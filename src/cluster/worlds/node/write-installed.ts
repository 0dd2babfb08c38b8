import { makeFolder, nodeAt, setNode, writeText } from '../../files/file-tree.ts'
import { filesystemOf } from '../../relations/filesystem-use.ts'
import { K3S_STORE, USUAL_STORE } from '../../relations/runtime-folders.ts'
import type { Machine } from '../../world/machine.ts'

const GIB = 1024 ** 3
const MIB = 1024 ** 2

/** What lies at a path: a file of so many bytes; below a path that ends in `/`, files that are not kept one by one. */
type Holding = readonly [path: string, bytes: number, mode?: number]

const kernelsOf = ({ os }: Machine): readonly string[] =>
  os.id === 'ubuntu' ? [os.kernel, os.kernel.replace('-112-', '-107-')] : [os.kernel]

const bootFiles = (machine: Machine): readonly Holding[] => [
  ...kernelsOf(machine).flatMap((kernel): Holding[] => [
    [`/boot/System.map-${kernel}`, 6_273_811, 0o600],
    [`/boot/config-${kernel}`, 262_224],
    [`/boot/vmlinuz-${kernel}`, 11_551_104, 0o600],
    machine.os.id === 'ubuntu'
      ? [`/boot/initrd.img-${kernel}`, 105_962_837]
      : [`/boot/initramfs-${kernel}.img`, 62_117_300, 0o600],
  ]),
  ...(machine.os.id === 'ubuntu'
    ? ([['/boot/grub/', 9_412_600]] as const)
    : ([
        [`/boot/vmlinuz-0-rescue-${machine.machineId}`, 11_551_104, 0o755],
        [`/boot/initramfs-0-rescue-${machine.machineId}.img`, 78_632_408, 0o600],
        ['/boot/grub2/', 9_412_600],
      ] as const)),
]

const systemFiles: readonly Holding[] = [
  ['/usr/bin/', 0.34 * GIB],
  ['/usr/sbin/', 0.06 * GIB],
  ['/usr/share/doc/', 0.21 * GIB],
  ['/usr/share/locale/', 0.42 * GIB],
  ['/usr/share/man/', 0.14 * GIB],
  ['/usr/share/icons/', 0.11 * GIB],
  ['/usr/share/perl/', 0.08 * GIB],
  ['/usr/lib/python3/', 0.24 * GIB],
]

const hardwareFiles = (machine: Machine): readonly Holding[] => [
  ['/usr/lib/firmware/', 0.91 * GIB],
  ...kernelsOf(machine).flatMap((kernel): Holding[] => [
    [`/usr/lib/modules/${kernel}/kernel/`, 0.49 * GIB],
    [`/usr/src/linux-headers-${kernel}/`, 0.11 * GIB],
  ]),
]

const LISTS = '/var/lib/apt/lists/archive.ubuntu.com_ubuntu_dists'
const ARCHIVES = '/var/cache/apt/archives'

const aptFiles = ({ os: { kernel } }: Machine): readonly Holding[] => {
  const release = kernel.replace('-generic', '.122')
  return [
    [`${LISTS}_jammy_InRelease`, 270_087],
    [`${LISTS}_jammy_main_binary-amd64_Packages`, 8_126_414],
    [`${LISTS}_jammy_universe_binary-amd64_Packages`, 76_412_377],
    [`${LISTS}_jammy-updates_main_binary-amd64_Packages`, 13_740_255],
    [`${LISTS}_jammy-updates_universe_binary-amd64_Packages`, 6_912_118],
    ['/var/cache/apt/pkgcache.bin', 43_170_902],
    ['/var/cache/apt/srcpkgcache.bin', 43_125_344],
    [`${ARCHIVES}/linux-firmware_20220329.git681281e4-0ubuntu3.31_all.deb`, 287_401_226],
    [`${ARCHIVES}/linux-headers-${kernel}_${release}_amd64.deb`, 2_812_434],
    [`${ARCHIVES}/linux-image-${kernel}_${release}_amd64.deb`, 11_574_120],
    [`${ARCHIVES}/linux-modules-${kernel}_${release}_amd64.deb`, 22_688_406],
    [`${ARCHIVES}/linux-modules-extra-${kernel}_${release}_amd64.deb`, 63_920_288],
    [`${ARCHIVES}/lock`, 0, 0o640],
    ['/var/lib/dpkg/status', 1_204_417],
    ['/var/lib/dpkg/info/', 21_400_000],
  ]
}

const yumFiles: readonly Holding[] = [
  ['/var/cache/yum/x86_64/7/base/gen/primary_db.sqlite', 31_404_032],
  ['/var/cache/yum/x86_64/7/updates/gen/primary_db.sqlite', 131_072_000],
  ['/var/lib/rpm/Packages', 112_340_992],
]

const SNAPSHOTTER = 'io.containerd.snapshotter.v1.overlayfs'

/** The layers that containerd has unpacked, which share what the disk of a node holds from the beginning. */
const layers = (store: string, bytes: number): readonly Holding[] => {
  const weights = Array.from({ length: 24 }, (_, at) => ((at * 7) % 11) + 1)
  const sum = weights.reduce((all, weight) => all + weight, 0)
  return weights.map((weight, at) => [
    `${store}/${SNAPSHOTTER}/snapshots/${at * 2 + 1}/fs/`,
    (bytes * weight) / sum,
  ])
}

const containerdFiles = (store: string): readonly Holding[] => [
  [`${store}/io.containerd.metadata.v1.bolt/meta.db`, 4_194_304],
  [`${store}/${SNAPSHOTTER}/metadata.db`, 2_097_152, 0o600],
]

const containerdFolders = [
  'io.containerd.content.v1.content/ingest',
  'io.containerd.grpc.v1.introspection',
  'io.containerd.runtime.v1.linux',
  'io.containerd.runtime.v2.task/k8s.io',
  'tmpmounts',
]

const sumOf = (holdings: readonly Holding[]): number => holdings.reduce((sum, [, bytes]) => sum + bytes, 0)

const packageFiles = (machine: Machine): readonly Holding[] =>
  machine.os.id === 'ubuntu' ? aptFiles(machine) : yumFiles

/** Where containerd of a machine keeps its layers, if it is to run one. */
const storeOf = ({ os, role, virtualization }: Machine): string | undefined => {
  if (os.id !== 'ubuntu' || !/^(control-plane|worker|master)$/.test(role)) return undefined
  return virtualization === 'lxc' ? K3S_STORE : USUAL_STORE
}

const libraries = ({ os }: Machine): string =>
  os.id === 'ubuntu' ? '/usr/lib/x86_64-linux-gnu/' : '/usr/lib64/'

/** What fills a disk beyond what is known one by one. */
const rest = (machine: Machine, mount: string, bytes: number): readonly Holding[] => {
  const store = storeOf(machine)
  const holdsStore = store !== undefined && filesystemOf(machine, store)?.mount === mount
  if (mount === '/')
    return holdsStore
      ? [...layers(store, bytes * 0.7), [libraries(machine), bytes * 0.3]]
      : [[libraries(machine), bytes]]
  if (mount === '/var')
    return holdsStore ? layers(store, bytes) : [['/var/lib/gravity/local/packages/', bytes]]
  if (mount === '/mnt/shared')
    return [
      ['/mnt/shared/backups/', bytes * 0.7],
      ['/mnt/shared/exports/', bytes * 0.3],
    ]
  return mount === '/mnt/disks/vol1' ? [['/mnt/disks/vol1/data/', bytes]] : []
}

const write = (machine: Machine, [path, bytes, mode]: Holding, mtimeMs: number): void => {
  const paddingBytes = Math.round(bytes)
  if (!path.endsWith('/')) {
    writeText(machine.files, path, {
      text: '',
      paddingBytes,
      mtimeMs,
      ...(mode === undefined ? {} : { mode }),
    })
    return
  }
  makeFolder(machine.files, path.slice(0, -1), { mtimeMs })
  const folder = nodeAt(machine.files, path.slice(0, -1))
  if (folder !== undefined) setNode(machine.files, path.slice(0, -1), { ...folder, paddingBytes })
}

const holdingsOf = (machine: Machine): readonly Holding[] => {
  const store = storeOf(machine)
  return [
    ...systemFiles,
    ...(machine.virtualization === 'lxc' ? [] : [...hardwareFiles(machine), ...bootFiles(machine)]),
    ...packageFiles(machine),
    ...(store === undefined ? [] : containerdFiles(store)),
  ]
}

/** A filesystem keeps a little for itself that no file stands for. */
const KEPT_SHARE = 0.012

/** Gives what an installed system holds to its files and folders, so that the disks are as full as they say. */
export const writeInstalled = (machine: Machine, mtimeMs: number): void => {
  const known = holdingsOf(machine)
  for (const filesystem of machine.filesystems) {
    const { mount, baseBytes } = filesystem
    if (baseBytes < 64 * MIB) continue
    const own = known.filter(([path]) => filesystemOf(machine, path) === filesystem)
    const more = rest(machine, mount, baseBytes * (1 - KEPT_SHARE) - sumOf(own))
    for (const holding of [...own, ...more]) write(machine, holding, mtimeMs)
    filesystem.baseBytes -= Math.round(sumOf(own) + sumOf(more))
  }
  const store = storeOf(machine)
  if (store === undefined) return
  for (const folder of containerdFolders) makeFolder(machine.files, `${store}/${folder}`, { mtimeMs })
}
