import { writeText } from '../../files/file-tree.ts'
import { baseName } from '../../files/paths.ts'
import type { Machine } from '../../world/machine.ts'

/** Writes a program outside of /usr/bin: as text it leads to the one of its name there, which the shell knows. */
export const writeProgram = (
  machine: Machine,
  path: string,
  size: { readonly paddingBytes: number; readonly mtimeMs: number },
): void => writeText(machine.files, path, { text: `/usr/bin/${baseName(path)} "$@"\n`, mode: 0o755, ...size })

const killall = (unit: string): string =>
  `#!/bin/sh\nsystemctl stop ${unit}\npkill -9 -f containerd-shim\nip link delete cni0 2>/dev/null\nip link delete flannel.1 2>/dev/null\nrm -rf /var/lib/cni/ /run/flannel\n`

const uninstall = (unit: string): string =>
  `#!/bin/sh\nset -x\n/usr/local/bin/k3s-killall.sh\nsystemctl disable ${unit}\nsystemctl reset-failed ${unit}\nrm -f /etc/systemd/system/${unit}.service /etc/systemd/system/${unit}.service.env\nsystemctl daemon-reload\nrm -rf /etc/rancher/k3s /run/k3s /run/flannel /var/lib/rancher/k3s /var/lib/kubelet\nrm -f /usr/local/bin/k3s /usr/local/bin/k3s-killall.sh\n`

/** Writes the scripts that stop k3s with all its containers, and that remove it with all its data. */
export const writeRemovers = (machine: Machine, mtimeMs: number): void => {
  const isAgent = machine.role === 'worker'
  const unit = isAgent ? 'k3s-agent' : 'k3s'
  const texts = {
    '/usr/local/bin/k3s-killall.sh': killall(unit),
    [`/usr/local/bin/k3s-${isAgent ? 'agent-' : ''}uninstall.sh`]: uninstall(unit),
  }
  for (const [path, text] of Object.entries(texts))
    writeText(machine.files, path, { text, mode: 0o755, mtimeMs })
}
