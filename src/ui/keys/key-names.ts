const names: Readonly<Record<string, string>> = {
  enter: 'Enter',
  esc: 'Esc',
  space: 'Space',
  tab: 'Tab',
  'shift-tab': 'Shift-Tab',
  backspace: 'Backspace',
  delete: 'Delete',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  pgup: 'PgUp',
  pgdn: 'PgDn',
  home: 'Home',
  end: 'End',
}

/** Keys that have a name of their own, as bindings write it. */
export const namedKeys = Object.keys(names)

/** A key as people read it: `Ctrl-D`, `PgDn`; single characters as they are. */
export const keyName = (key: string): string => {
  if (key.startsWith('ctrl-')) return `Ctrl-${keyName(key.slice(5)).toUpperCase()}`
  return names[key] ?? key
}

/** Several keys as people read them, a space between; a run of digits as its ends: `1–9`. */
export const keyNames = (keys: readonly string[]): string => {
  const isRun = keys.length > 2 && keys.every(key => /^\d$/.test(key))
  return isRun ? `${keys[0] ?? ''}–${keys.at(-1) ?? ''}` : keys.map(keyName).join(' ')
}
