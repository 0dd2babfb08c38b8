import { type CurlRequest, readUrl } from './read-curl.ts'

type Target = { readonly scheme: 'http' | 'https'; readonly host: string }

const isExcepted = (list: string, host: string): boolean =>
  list
    .split(',')
    .map(entry => entry.trim().replace(/^\*?\./, ''))
    .some(entry => entry === '*' || (entry !== '' && (host === entry || host.endsWith(`.${entry}`))))

/** The proxy that a request goes over: that of -x or of the environment, unless the host is excepted. */
export const proxyFor = (
  request: CurlRequest,
  { scheme, host }: Target,
  env: Readonly<Record<string, string>>,
): ReturnType<typeof readUrl> => {
  const named =
    request.proxy ??
    (scheme === 'https' ? (env.https_proxy ?? env.HTTPS_PROXY) : env.http_proxy) ??
    env.all_proxy ??
    env.ALL_PROXY
  const except = request.noProxy ?? env.no_proxy ?? env.NO_PROXY ?? ''
  if (named === undefined || named === '' || isExcepted(except, host)) return undefined
  const proxy = readUrl(named)
  return proxy === undefined
    ? undefined
    : { ...proxy, scheme: 'http', port: /:\d+/.test(named.replace(/^\w+:\/\//, '')) ? proxy.port : 1080 }
}
