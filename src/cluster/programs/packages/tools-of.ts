import { type Package, withCommands } from './package.ts'
import { toolRows } from './tool-packages.ts'

/** The packages of tools that a machine of Ubuntu has, or one of CentOS. */
export const toolsOf = (isUbuntu: boolean): readonly Package[] =>
  toolRows.flatMap(
    ([ubuntu = '', ubuntuVersion = '', centos = '', centosVersion = '', commands = '', summary = '']) => {
      const name = isUbuntu ? ubuntu : centos
      const version = isUbuntu ? ubuntuVersion : centosVersion
      return name === ''
        ? []
        : [{ name, version, section: 'utils', summary, files: withCommands('', commands) }]
    },
  )
