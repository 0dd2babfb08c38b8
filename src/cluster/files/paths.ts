/** Resolves a path against a folder: absolute, without `.`, `..`, doubled or trailing slashes. Links are not followed. */
export const resolvePath = (folder: string, path: string): string => {
  const kept: string[] = []
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') kept.pop()
    else if (part !== '' && part !== '.') kept.push(part)
  }
  return `/${kept.join('/')}`
}

/** The folder that a path lies in; `/` for itself. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'

/** The last part of a path. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Whether a path is a folder's own or lies anywhere below it. */
export const isBelow = (path: string, folder: string): boolean =>
  folder === '/' || path === folder || path.startsWith(`${folder}/`)

/** A path by the name that it has without the link from /var/run to /run. */
export const throughRunLink = (path: string): string => path.replace(/^\/var\/run(?=\/|$)/, '/run')
