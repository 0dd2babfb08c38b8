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

/** A key as people read it: `Ctrl-D`, `PgDn`, `⇥` never; single characters as they are. */
export const keyName = (key: string): string => {
  if (key.startsWith('ctrl-')) return `Ctrl-${keyName(key.slice(5)).toUpperCase()}`
  return names[key] ?? key
}
