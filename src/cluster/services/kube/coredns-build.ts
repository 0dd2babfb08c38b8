/** What a release of CoreDNS says of itself: the hash that it gives its configuration, and how it was built. */
export const buildOf = (release: string): { readonly configuration: string; readonly build: string } =>
  release === '1.3.1'
    ? { configuration: 'MD5 = 599b9eb76b8c147408aed6a0bbe0f669', build: 'linux/amd64, go1.11.4, 6b56a9c' }
    : {
        configuration:
          'SHA512 = 591cf328cccc12bc490481273e738df59329c62c0b729d94e8b61db9961c2fa5f046dd37f1cf888b953814040d180f52594972691cd6ff41be96639138a43908',
        build: 'linux/amd64, go1.20, 055b2c3',
      }
