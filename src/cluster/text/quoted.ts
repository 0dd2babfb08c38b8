/** A text with its quotes marked, as it stands between quotes in a log. */
export const quoted = (text: string): string => text.replaceAll('"', '\\"')
