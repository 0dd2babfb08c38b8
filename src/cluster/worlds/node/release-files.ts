import type { Machine } from '../../world/machine.ts'

type Texts = Readonly<Record<string, string>>

const ofUbuntu = ({ os }: Machine): Texts => ({
  '/usr/lib/os-release': [
    `PRETTY_NAME="${os.prettyName}"`,
    `NAME="${os.name}"`,
    `VERSION_ID="${os.versionId}"`,
    `VERSION="${os.version}"`,
    'VERSION_CODENAME=jammy',
    `ID=${os.id}`,
    'ID_LIKE=debian',
    'HOME_URL="https://www.ubuntu.com/"',
    'SUPPORT_URL="https://help.ubuntu.com/"',
    'BUG_REPORT_URL="https://bugs.launchpad.net/ubuntu/"',
    'UBUNTU_CODENAME=jammy',
    '',
  ].join('\n'),
  '/etc/lsb-release': `DISTRIB_ID=${os.name}\nDISTRIB_RELEASE=${os.versionId}\nDISTRIB_CODENAME=jammy\nDISTRIB_DESCRIPTION="${os.prettyName}"\n`,
  '/etc/issue': `${os.prettyName} \\n \\l\n\n`,
  '/etc/debian_version': 'bookworm/sid\n',
})

const ofCentos = ({ os }: Machine): Texts => {
  const release = 'CentOS Linux release 7.9.2009 (Core)\n'
  return {
    '/usr/lib/os-release': [
      `NAME="${os.name}"`,
      `VERSION="${os.version}"`,
      `ID="${os.id}"`,
      'ID_LIKE="rhel fedora"',
      `VERSION_ID="${os.versionId}"`,
      `PRETTY_NAME="${os.prettyName}"`,
      'ANSI_COLOR="0;31"',
      `CPE_NAME="cpe:/o:centos:centos:${os.versionId}"`,
      'HOME_URL="https://www.centos.org/"',
      'BUG_REPORT_URL="https://bugs.centos.org/"',
      '',
      `CENTOS_MANTISBT_PROJECT="CentOS-${os.versionId}"`,
      `CENTOS_MANTISBT_PROJECT_VERSION="${os.versionId}"`,
      'REDHAT_SUPPORT_PRODUCT="centos"',
      `REDHAT_SUPPORT_PRODUCT_VERSION="${os.versionId}"`,
      '',
      '',
    ].join('\n'),
    '/etc/centos-release': release,
    '/etc/redhat-release': release,
    '/etc/system-release': release,
    '/etc/issue': '\\S\nKernel \\r on an \\m\n\n',
  }
}

/** The files by which a system tells what it is. */
export const releaseTexts = (machine: Machine): Texts =>
  machine.os.id === 'ubuntu' ? ofUbuntu(machine) : ofCentos(machine)
