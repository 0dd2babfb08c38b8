/**
 * Symbols besides printable ASCII that are one column wide each and join with nothing beside them, as part of a class of a regular
 * expression: Latin, Greek and Cyrillic letters, dashes and quotation marks, and the signs of the screens.
 */
export const narrowSymbols =
  '\\u00A1-\\u00AC\\u00AE-\\u02FF\\u0370-\\u0482\\u048A-\\u052F\\u2013\\u2014\\u2018\\u2019\\u201C\\u201D\\u2022\\u2026\\u203A\\u2190-\\u2193\\u23CE\\u2500-\\u259F\\u25B8\\u25B9\\u25BE\\u25C6\\u25CB\\u25D0\\u2713\\u2717\\u276F'
