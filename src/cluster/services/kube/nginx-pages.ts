import { nodeAt, readText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import type { FileTree } from '../../world/file-node.ts'
import type { HttpAnswer } from '../service.ts'

type Page = {
  readonly status: number
  readonly body: string
  readonly type?: string
  readonly more?: readonly string[]
}

/** Where nginx of a release looks for its pages. */
export type Site = { readonly release: string; readonly files: FileTree; readonly root: string }

const answer = ({ release }: Site, atMs: number, { status, body, type, more = [] }: Page): HttpAnswer => ({
  status,
  body,
  headers: [
    `Server: nginx/${release}`,
    `Date: ${new Date(atMs).toUTCString()}`,
    `Content-Type: ${type ?? 'text/html'}`,
    `Content-Length: ${body.length}`,
    ...more.slice(0, 1),
    'Connection: keep-alive',
    ...more.slice(1),
  ],
})

const problemText = (release: string, title: string): string =>
  `<html>\n<head><title>${title}</title></head>\n<body>\n<center><h1>${title}</h1></center>\n<hr><center>nginx/${release}</center>\n</body>\n</html>\n`.replaceAll(
    '\n',
    '\r\n',
  )

const types: Readonly<Record<string, string>> = {
  css: 'text/css',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  js: 'application/javascript',
  json: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  xml: 'text/xml',
}

/** What nginx answers to a path: the page that lies there, or that there is none or nothing to show of a folder. */
export const nginxAnswer = (site: Site, path: string, atMs: number): HttpAnswer => {
  const { release, files, root } = site
  const asked = resolvePath(root, `.${path.split('?')[0]}`)
  const isFolder = nodeAt(files, asked)?.kind === 'directory'
  const place = isFolder ? resolvePath(asked, 'index.html') : asked
  const node = nodeAt(files, place)
  const body = readText(files, place)
  if (body === undefined || node === undefined) {
    const title = isFolder ? '403 Forbidden' : '404 Not Found'
    return answer(site, atMs, { status: isFolder ? 403 : 404, body: problemText(release, title) })
  }
  const madeS = Math.floor(node.mtimeMs / 1_000)
  const tag = `${madeS.toString(16)}-${body.length.toString(16)}`
  const made = new Date(madeS * 1_000).toUTCString()
  const more = [`Last-Modified: ${made}`, `ETag: "${tag}"`, 'Accept-Ranges: bytes']
  const type = types[place.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
  return answer(site, atMs, { status: 200, body, type, more })
}
