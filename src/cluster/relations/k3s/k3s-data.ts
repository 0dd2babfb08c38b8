/** Where k3s keeps what it makes. */
export const K3S_DATA = '/var/lib/rancher/k3s'
