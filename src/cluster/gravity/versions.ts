/** The version that the cluster runs, and the one that the folder ~/upgrade brings. */
export const installedVersion = '6.0.0'
export const upgradeVersion = '6.1.0'

/** The versions of what a release of Gravity brings. */
export type Release = {
  readonly gravity: string
  readonly planet: string
  readonly teleport: string
  readonly kubernetes: string
  readonly etcd: string
}

const releases: readonly Release[] = [
  {
    gravity: installedVersion,
    planet: '6.0.0-11401',
    teleport: '3.2.5',
    kubernetes: 'v1.14.1',
    etcd: '3.3.12',
  },
  {
    gravity: upgradeVersion,
    planet: '6.1.3-11502',
    teleport: '3.2.7',
    kubernetes: 'v1.15.0',
    etcd: '3.3.13',
  },
]

/** What a version of Gravity brings; the oldest known for one that is not known. */
export const releaseOf = (version: string): Release =>
  releases.find(({ gravity }) => gravity === version) ?? (releases[0] as Release)

/** The name of the unit that holds a version of Planet on a host. */
export const planetUnitName = (planetVersion: string): string =>
  `gravity__gravitational.io__planet__${planetVersion}.service`

/** The name of Teleport's unit. */
export const teleportUnitName = (version: string): string =>
  `gravity__gravitational.io__teleport__${version}.service`

/** The release whose Planet a unit of a host starts. */
export const releaseOfUnit = (unit: string): Release | undefined =>
  releases.find(({ planet }) => planetUnitName(planet) === unit)
