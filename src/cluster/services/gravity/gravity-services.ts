import { tcp } from '../kube/telling.ts'
import type { Service } from '../service.ts'
import { planet, planetAgent, planetRegistry, serf, teleport } from './cluster-services.ts'
import { docker } from './docker.ts'
import { flanneld } from './flanneld.ts'
import { gravitySite } from './gravity-site.ts'
import { planetCoredns } from './planet-coredns.ts'

/** A web service of a pod that only has to be there. */
const web = (port: number, body: string): Service => ({
  listens: () => [tcp(port)],
  answers: () => ({ status: 200, body }),
})

/** The services of Gravity: units of hosts and of Planet, containers of its own applications. */
export const gravityServices: Readonly<Record<string, Service>> = {
  planet,
  teleport,
  docker,
  flanneld,
  serf,
  'planet-agent': planetAgent,
  'planet-registry': planetRegistry,
  'planet-coredns': planetCoredns,
  'gravity-site': gravitySite,
  bandwagon: web(8000, '<!DOCTYPE html>\n<html><head><title>Gravity</title></head></html>\n'),
  grafana: web(3000, '<a href="/login">Found</a>.\n'),
  tiller: {
    listens: () => [tcp(44_134), tcp(44_135)],
    greeting: () => [
      { text: '[main] Starting Tiller v2.12.3 (tls=false)' },
      { text: '[main] GRPC listening on :44134' },
    ],
  },
  'log-collector': { listens: () => [tcp(514)] },
  'log-forwarder': {},
}
