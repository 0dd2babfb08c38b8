import type { Service } from './service.ts'

const table = new Map<string, Service>()

/**
 * Makes the conduct of services known. The table itself is in all-services.ts, which whatever lets time pass loads: services look at the world through relations, and
 * relations ask here for services, so neither may import the other.
 */
export const registerServices = (services: Readonly<Record<string, Service>>): void => {
  for (const [name, service] of Object.entries(services)) table.set(name, service)
}

/** The conduct of a service; one that is not listed just runs. */
export const serviceOf = (name: string): Service => table.get(name) ?? {}
