import { escapeMarkup } from '../escape-markup.ts'

/** A text as it stands in the page. */
export const e = escapeMarkup

/** A section with a heading that the contents of the page lead to; nothing where it has no body. */
export const section = (id: string, title: string, body: string): string =>
  body === '' ? '' : `<section id="${id}"><h2>${e(title)}</h2>${body}</section>`

/** Markup as a list; nothing where there is none. */
export const list = (items: readonly string[]): string =>
  items.length === 0 ? '' : `<ul>${items.map(item => `<li>${item}</li>`).join('')}</ul>`

/** Texts as a list, each as it stands. */
export const texts = (items: readonly string[]): string => list(items.map(e))

/** A word in a small frame; `kind` is a class that colours it. */
export const chip = (text: string, kind = ''): string =>
  `<span class="chip${kind === '' ? '' : ` ${kind}`}">${e(text)}</span>`

/** Names and values, such as the frame of a session. Values are markup. */
export const terms = (pairs: readonly (readonly [string, string])[]): string =>
  `<dl>${pairs.map(([name, value]) => `<div><dt>${e(name)}</dt><dd>${value}</dd></div>`).join('')}</dl>`

const wordOf = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ')

/** The contents of a page: links to those of its sections that are there, each in a word. */
export const contents = (sections: readonly string[]): string => {
  const ids = sections.flatMap(text => /^<section id="([^"]+)"/.exec(text)?.[1] ?? [])
  return `<nav aria-label="Contents">${ids.map(id => `<a href="#${id}">${wordOf(id)}</a>`).join('')}</nav>`
}
