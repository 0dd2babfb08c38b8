import { knownImage, readImageName } from './known-images.ts'

/** The last patch of each minor release, of projects that count three numbers. */
const lastPatches: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  nginx: {
    ...{ 1.14: 2, 1.16: 1, 1.17: 10, 1.18: 0, 1.19: 10, '1.20': 2, 1.21: 6, 1.22: 1, 1.23: 4, 1.24: 0 },
    ...{ 1.25: 5, 1.26: 3, 1.27: 5, 1.28: 0, 1.29: 3 },
  },
  redis: {
    ...{ 3.2: 12, '4.0': 14, '5.0': 14, '6.0': 20, 6.2: 20, '7.0': 15, 7.2: 11, 7.4: 6, '8.0': 4, 8.2: 2 },
  },
}

/** Which minor release goes by the name of stable. */
const stable: Readonly<Record<string, string>> = { nginx: '1.28' }

const newestMajor = (releases: Readonly<Record<string, number>>): string =>
  String(Math.max(0, ...Object.keys(releases).map(Number)))

/** The release of the program in an image, `1.25.5` for nginx:1.25: a tag that leaves numbers out stands for the last release that fits. */
export const releaseIn = (image: string): string => {
  const { repository, tag } = readImageName(image)
  const project = repository.split('/').at(-1) ?? ''
  const releases = knownImage(image)?.releases ?? {}
  const [version = ''] = tag.split('-')
  const named = /^\d/.test(version)
    ? version
    : ((version === 'stable' ? stable[project] : undefined) ?? newestMajor(releases))
  const [major = '', minor = releases[major] ?? 0, own] = named.split('.')
  const patch = own ?? lastPatches[project]?.[`${major}.${minor}`]
  return [major, minor, ...(patch === undefined ? [] : [patch])].join('.')
}
