/** The names under which kubectl is run: itself, and what takes the same commands and prints the same. */
export const kubectlNames: readonly string[] = ['kubectl', 'oc', 'k', 'kctl', 'kubecolor', 'microk8s.kubectl']
