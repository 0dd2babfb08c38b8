const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text as it stands in HTML or XML, also within an attribute. */
export const escapeMarkup = (text: string): string => text.replace(/[&<>"']/g, sign => entities[sign] ?? sign)
