import type { HttpAnswer } from '../service.ts'

/** When the last release of each minor one came out, which is when its pages were made. */
const releasedMs: Readonly<Record<string, number>> = {
  1.21: Date.UTC(2022, 0, 25, 15, 3, 52),
  1.23: Date.UTC(2023, 2, 28, 15, 1, 54),
  1.24: Date.UTC(2023, 3, 11, 1, 45, 34),
  1.25: Date.UTC(2024, 3, 16, 14, 29, 59),
  1.26: Date.UTC(2025, 1, 5, 11, 6, 32),
  1.27: Date.UTC(2025, 3, 16, 12, 55, 34),
  1.28: Date.UTC(2025, 3, 23, 11, 48, 54),
}
const NEWEST_MS = Date.UTC(2025, 9, 28, 12, 5, 10)

const WELCOME = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`

type Page = { readonly status: number; readonly body: string; readonly more?: readonly string[] }

const answer = (release: string, atMs: number, { status, body, more = [] }: Page): HttpAnswer => ({
  status,
  body,
  headers: [
    `Server: nginx/${release}`,
    `Date: ${new Date(atMs).toUTCString()}`,
    'Content-Type: text/html',
    `Content-Length: ${body.length}`,
    ...more.slice(0, 1),
    'Connection: keep-alive',
    ...more.slice(1),
  ],
})

const missing = (release: string): string =>
  `<html>\n<head><title>404 Not Found</title></head>\n<body>\n<center><h1>404 Not Found</h1></center>\n<hr><center>nginx/${release}</center>\n</body>\n</html>\n`.replaceAll(
    '\n',
    '\r\n',
  )

/** What nginx of a release answers that was given no pages: its own greeting, and that there is nothing else. */
export const nginxAnswer = (release: string, path: string, atMs: number): HttpAnswer => {
  const isHome = path.split('?')[0] === '/' || path.startsWith('/index.html')
  if (!isHome) return answer(release, atMs, { status: 404, body: missing(release) })
  const madeMs = releasedMs[release.split('.').slice(0, 2).join('.')] ?? NEWEST_MS
  const tag = `${(madeMs / 1_000).toString(16)}-${WELCOME.length.toString(16)}`
  const more = [`Last-Modified: ${new Date(madeMs).toUTCString()}`, `ETag: "${tag}"`, 'Accept-Ranges: bytes']
  return answer(release, atMs, { status: 200, body: WELCOME, more })
}
