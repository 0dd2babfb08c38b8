import type { NewObject } from '../../kube/store.ts'

/** An object as a manifest has it: without what the cluster itself notes in it. */
export const plainManifest = ({ status: _status, ...object }: NewObject): NewObject => {
  const { name, namespace, labels, annotations = {} } = object.metadata
  const { 'deployment.kubernetes.io/revision': _revision, ...given } = annotations
  return {
    ...object,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels === undefined ? {} : { labels }),
      ...(Object.keys(given).length === 0 ? {} : { annotations: given }),
    },
  }
}
