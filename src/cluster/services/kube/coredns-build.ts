const OLD = '1.3.1'

/** What a release of CoreDNS says of itself: the hash that it gives its configuration, and how it was built. */
export const buildOf = (release: string): { readonly configuration: string; readonly build: string } =>
  release === OLD
    ? { configuration: 'MD5 = 599b9eb76b8c147408aed6a0bbe0f669', build: 'linux/amd64, go1.11.4, 6b56a9c' }
    : {
        configuration:
          'SHA512 = 591cf328cccc12bc490481273e738df59329c62c0b729d94e8b61db9961c2fa5f046dd37f1cf888b953814040d180f52594972691cd6ff41be96639138a43908',
        build: 'linux/amd64, go1.20, 055b2c3',
      }

/** A line of CoreDNS's own log as releases before 1.6.2 write it: with the time before it. */
export const datedLine = (atMs: number, text: string): string =>
  /^\[[A-Z]+\] (?:plugin\/|CoreDNS-|linux\/)/.test(text) ? `${new Date(atMs).toISOString()} ${text}` : text

/** What CoreDNS says when it is told to end. */
export const SIGTERM_TOLD = { text: '[INFO] SIGTERM: Shutting down servers then terminating' }

/** What CoreDNS says when it begins to serve; older releases tell who they are twice. */
export const bannerOf = (
  release: string,
  {
    atMs,
    place = '.:53',
    configuration = buildOf(release).configuration,
  }: { readonly atMs: number; readonly place?: string; readonly configuration?: string },
): readonly string[] => {
  const { build } = buildOf(release)
  const own = [`CoreDNS-${release}`, build]
  const reload = `[INFO] plugin/reload: Running configuration ${configuration}`
  if (release !== OLD) return [place, reload, ...own]
  const told = [...own.map(text => `[INFO] ${text}`), ...own, reload]
  return [place, ...told.map(text => datedLine(atMs, text))]
}
