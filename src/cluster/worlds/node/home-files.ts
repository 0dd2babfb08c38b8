import { makeFolder, writeText } from '../../files/file-tree.ts'
import type { Machine } from '../../world/machine.ts'

const PUBLIC_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0r8mZk3uQy2yO0f7zv1c5mT4iVnq9bW6xJpYh2Kd3L ops@workstation\n'

type Texts = Readonly<Record<string, string>>

const rootOfUbuntu: Texts = {
  '.bashrc': '# ~/.bashrc: executed by bash(1) for non-login shells.\n',
  '.profile': '# ~/.profile: executed by Bourne-compatible login shells.\n',
}

const opsOfUbuntu: Texts = {
  ...rootOfUbuntu,
  '.bash_logout':
    '# ~/.bash_logout: executed by bash(1) when login shell exits.\n\n# when leaving the console clear the screen to increase privacy\n\nif [ "$SHLVL" = 1 ]; then\n    [ -x /usr/bin/clear_console ] && /usr/bin/clear_console -q\nfi\n',
}

const safeAliases =
  "# User specific aliases and functions\n\nalias rm 'rm -i'\nalias cp 'cp -i'\nalias mv 'mv -i'\n"

const rootOfCentos: Texts = {
  '.bashrc':
    "# .bashrc\n\n# User specific aliases and functions\n\nalias rm='rm -i'\nalias cp='cp -i'\nalias mv='mv -i'\n\n# Source global definitions\nif [ -f /etc/bashrc ]; then\n\t. /etc/bashrc\nfi\n",
  '.bash_profile':
    '# .bash_profile\n\n# Get the aliases and functions\nif [ -f ~/.bashrc ]; then\n\t. ~/.bashrc\nfi\n\n# User specific environment and startup programs\n\nPATH=$PATH:$HOME/bin\n\nexport PATH\n',
  '.bash_logout': '# ~/.bash_logout\n\n',
  '.cshrc': `# .cshrc\n\n${safeAliases}`,
  '.tcshrc': `# .tcshrc\n\n${safeAliases}\nset prompt='[%n@%m %c]# ' \n`,
}

const opsOfCentos: Texts = {
  '.bashrc': '# .bashrc\n\n# Source global definitions\nif [ -f /etc/bashrc ]; then\n\t. /etc/bashrc\nfi\n',
  '.bash_profile': rootOfCentos['.bash_profile'] ?? '',
  '.bash_logout': rootOfCentos['.bash_logout'] ?? '',
}

type Home = { readonly path: string; readonly owner: string; readonly mode: number; readonly texts: Texts }

const writeHome = ({ files }: Machine, { path, owner, mode, texts }: Home, mtimeMs: number): void => {
  const own = { owner, group: owner, mtimeMs }
  makeFolder(files, path, { mode, ...own })
  for (const [name, text] of Object.entries(texts)) writeText(files, `${path}/${name}`, { text, ...own })
  makeFolder(files, `${path}/.ssh`, { mode: 0o700, ...own })
  writeText(files, `${path}/.ssh/authorized_keys`, { text: PUBLIC_KEY, mode: 0o600, ...own })
}

/** Writes the homes of root and of the operators, with the key that lets them in; on the workstation root has the key itself. */
export const writeHomes = (machine: Machine, mtimeMs: number): void => {
  const { files, role, os } = machine
  const isCentos = os.id === 'centos'
  const root = isCentos ? { mode: 0o550, texts: rootOfCentos } : { mode: 0o700, texts: rootOfUbuntu }
  const ops = isCentos ? { mode: 0o700, texts: opsOfCentos } : { mode: 0o750, texts: opsOfUbuntu }
  writeHome(machine, { path: '/root', owner: 'root', ...root }, mtimeMs)
  writeHome(machine, { path: '/home/ops', owner: 'ops', ...ops }, mtimeMs)
  if (role !== 'workstation') return
  writeText(files, '/root/.ssh/id_ed25519.pub', { text: PUBLIC_KEY, mode: 0o644, mtimeMs })
  writeText(files, '/root/.ssh/id_ed25519', {
    text: '-----BEGIN OPENSSH PRIVATE KEY-----\n(the key of this exercise is not kept)\n-----END OPENSSH PRIVATE KEY-----\n',
    mode: 0o600,
    mtimeMs,
  })
}
