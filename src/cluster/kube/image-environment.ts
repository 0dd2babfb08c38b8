import { releaseIn } from './image-release.ts'
import { knownImage } from './known-images.ts'

type Environment = Readonly<Record<string, string>>

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The release of njs that the image of nginx brings, by the minor release of nginx. */
const njs: Readonly<Record<string, string>> = {
  ...{ 1.21: '0.7.3', 1.22: '0.7.11', 1.23: '0.7.11', 1.24: '0.7.12', 1.25: '0.8.4', 1.26: '0.8.9' },
  ...{ 1.27: '0.8.10', 1.28: '0.8.10', 1.29: '0.9.4' },
}

/** The variables that the stock images set, by the service of their containers. */
const variables: Readonly<Record<string, (release: string) => Environment>> = {
  nginx: release => {
    const minor = release.split('.').slice(0, 2).join('.')
    const isOfBookworm = Number(minor.split('.')[1]) >= 25
    return {
      NGINX_VERSION: release,
      ...(njs[minor] === undefined ? {} : { NJS_VERSION: njs[minor] }),
      PKG_RELEASE: isOfBookworm ? '1~bookworm' : '1~bullseye',
    }
  },
  redis: release => ({
    GOSU_VERSION: '1.17',
    REDIS_VERSION: release,
    REDIS_DOWNLOAD_URL: `http://download.redis.io/releases/redis-${release}.tar.gz`,
  }),
  postgres: release => {
    const major = release.split('.')[0] ?? ''
    return {
      PATH: `${PATH}:/usr/lib/postgresql/${major}/bin`,
      GOSU_VERSION: '1.17',
      LANG: 'en_US.utf8',
      PG_MAJOR: major,
      PG_VERSION: `${release}-1.pgdg120+2`,
      PGDATA: '/var/lib/postgresql/data',
    }
  },
}

/** What the configuration of an image sets in the environment of its containers. */
export const imageEnvironment = (image: string): Environment => ({
  PATH,
  ...variables[knownImage(image)?.service ?? '']?.(releaseIn(image)),
})

/** The folder in which the containers of an image begin. */
export const imageFolder = (image: string): string => (knownImage(image)?.service === 'redis' ? '/data' : '/')
