/** What a Kubernetes program tells of the build that it comes from, in the order and spelling of its API. */
export type BuildInfo = {
  readonly major: string
  readonly minor: string
  readonly gitVersion: string
  readonly gitCommit: string
  readonly gitTreeState: string
  readonly buildDate: string
  readonly goVersion: string
  readonly compiler: string
  readonly platform: string
}

type Build = { readonly gitCommit: string; readonly buildDate: string; readonly goVersion: string }

const builds: Readonly<Record<string, Build>> = {
  'v1.14.1': {
    gitCommit: 'b7394102d6ef778017f2ca4046abbaa23b88c290',
    buildDate: '2019-04-08T17:11:31Z',
    goVersion: 'go1.12.1',
  },
  'v1.28.8+k3s1': {
    gitCommit: '653dd61aaa2d0ef8bd83ac4dbc6d150dde792efc',
    buildDate: '2024-03-27T02:41:10Z',
    goVersion: 'go1.21.8',
  },
}

const usual: Build = {
  gitCommit: '587f5fe8a69b0d15b578eaf478f009247d1c5d47',
  buildDate: '2024-04-16T15:04:37Z',
  goVersion: 'go1.21.9',
}

/** The build of a version such as `v1.28.9`. */
export const buildInfo = (gitVersion: string): BuildInfo => {
  const { gitCommit, buildDate, goVersion } = builds[gitVersion] ?? usual
  return {
    major: '1',
    minor: /\.(\d+)\./.exec(gitVersion)?.[1] ?? '',
    gitVersion,
    gitCommit,
    gitTreeState: 'clean',
    buildDate,
    goVersion,
    compiler: 'gc',
    platform: 'linux/amd64',
  }
}

/** A build as Go prints it. */
export const buildText = (gitVersion: string): string =>
  `version.Info{${Object.entries(buildInfo(gitVersion))
    .map(([name, value]) => `${name[0]?.toUpperCase()}${name.slice(1)}:"${value}"`)
    .join(', ')}}`

/** The commit of a build, cut as k3s cuts it. */
export const commitOf = (gitVersion: string): string => buildInfo(gitVersion).gitCommit.slice(0, 8)
