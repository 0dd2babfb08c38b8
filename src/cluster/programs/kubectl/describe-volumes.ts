import type { KubeValue } from '../../world/kube-object.ts'
import { type Row, rowsText } from './describe-parts.ts'

/** What volumes of the cluster alone are made of. */
const clusterRows = ({ local, csi }: KubeValue): readonly Row[] | undefined => {
  if (local)
    return [
      ['Type', 'LocalVolume (a persistent volume backed by local storage on a node)'],
      ['Path', local.path],
    ]
  if (csi === undefined) return undefined
  return [
    ['Type', 'CSI (a Container Storage Interface (CSI) volume source)'],
    ['Driver', csi.driver],
    ['FSType', csi.fsType ?? ''],
    ['VolumeHandle', csi.volumeHandle ?? ''],
    ['ReadOnly', String(csi.readOnly ?? false)],
  ]
}

/** What a volume is made of. */
export const volumeRows = (volume: KubeValue): readonly Row[] => clusterRows(volume) ?? podRows(volume)

const podRows = (volume: KubeValue): readonly Row[] => {
  if (volume.projected)
    return [
      ['Type', 'Projected (a volume that contains injected data from multiple sources)'],
      ['TokenExpirationSeconds', '3607'],
      ['ConfigMapName', 'kube-root-ca.crt'],
      ['ConfigMapOptional', '<nil>'],
      ['DownwardAPI', 'true'],
    ]
  if (volume.configMap)
    return [
      ['Type', 'ConfigMap (a volume populated by a ConfigMap)'],
      ['Name', volume.configMap.name],
      ['Optional', String(volume.configMap.optional ?? false)],
    ]
  if (volume.secret)
    return [
      ['Type', 'Secret (a volume populated by a Secret)'],
      ['SecretName', volume.secret.secretName],
      ['Optional', String(volume.secret.optional ?? false)],
    ]
  if (volume.persistentVolumeClaim)
    return [
      ['Type', 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)'],
      ['ClaimName', volume.persistentVolumeClaim.claimName],
      ['ReadOnly', 'false'],
    ]
  if (volume.hostPath)
    return [
      ['Type', 'HostPath (bare host directory volume)'],
      ['Path', volume.hostPath.path],
      ['HostPathType', volume.hostPath.type ?? ''],
    ]
  if (volume.nfs)
    return [
      ['Type', 'NFS (an NFS mount that lasts the lifetime of a pod)'],
      ['Server', volume.nfs.server],
      ['Path', volume.nfs.path],
      ['ReadOnly', String(volume.nfs.readOnly ?? false)],
    ]
  return [
    ['Type', "EmptyDir (a temporary directory that shares a pod's lifetime)"],
    ['Medium', ''],
    ['SizeLimit', '<unset>'],
  ]
}

/** The volumes of a pod's specification as descriptions have them; empty for none. */
export const volumesText = (spec: KubeValue, indent: string): string =>
  (spec?.volumes ?? [])
    .map((v: KubeValue) => `${indent}${v.name}:\n${rowsText(volumeRows(v), indent.padEnd(4))}`)
    .join('')
