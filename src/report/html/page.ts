import { e } from './elements.ts'
import { styles } from './styles.ts'

/** A page that needs nothing but itself: no script, no font, no picture from elsewhere, and a browser that is told so. `body` is markup. */
export const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"><title>${e(title)}</title><style>${styles}</style></head><body>
${body}
</body></html>
`
