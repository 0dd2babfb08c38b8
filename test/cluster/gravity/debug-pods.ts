import type { Shell } from '../../../src/cluster/index.ts'

const manifest = `apiVersion: extensions/v1beta1
kind: DaemonSet
metadata:
  name: debug
  labels:
    app: debug
spec:
  selector:
    matchLabels:
      app: debug
  template:
    metadata:
      labels:
        app: debug
    spec:
      containers:
      - name: debug
        image: leader.telekube.local:5000/gravitational/debian-tall:0.0.1
        command: ["/bin/sh", "-c", "sleep 365d"]
        volumeMounts:
          - name: rootfs
            mountPath: /rootfs
      volumes:
        - name: rootfs
          hostPath:
            path: /
`

/** Puts a debug pod on every node and gives what runs a command in the one on a node, with Planet's tools. */
export const startDebugPods = async (shell: Shell): Promise<(address: string, line: string) => string> => {
  await shell.run('kubectl create -f -', { stdin: manifest })
  await shell.run('sleep 30')
  const { stdout } = await shell.run('kubectl get pods -owide --no-headers')
  return (address, line) => {
    const pod =
      stdout
        .split('\n')
        .find(row => row.includes(address))
        ?.split(/\s+/)[0] ?? ''
    return `kubectl exec ${pod} -- /bin/chroot /rootfs ${line}`
  }
}
