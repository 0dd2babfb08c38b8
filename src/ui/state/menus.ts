import type { Overlay } from './overlay.ts'

/** One thing that can be chosen; its key chooses it at once. */
export type MenuItem = { readonly key: string; readonly label: string }

/** The overlays that are menus. */
export type Menu = Extract<Overlay, { selected: number; kind: 'copy' | 'leave' | 'finish' }>

const items: Readonly<Record<Menu['kind'], readonly MenuItem[]>> = {
  copy: [
    { key: 'c', label: 'the command' },
    { key: 'o', label: 'its output' },
    { key: 's', label: 'the step' },
  ],
  finish: [
    { key: 'y', label: 'finish, and see the score' },
    { key: 'n', label: 'go on with the drill' },
  ],
  leave: [
    { key: 'y', label: 'leave' },
    { key: 'n', label: 'stay' },
  ],
}

/** The overlay as a menu; `undefined` when it is something else. */
export const asMenu = (overlay: Overlay | undefined): Menu | undefined =>
  overlay?.kind === 'copy' || overlay?.kind === 'leave' || overlay?.kind === 'finish' ? overlay : undefined

/** What a menu offers, in order. */
export const itemsOf = ({ kind }: Menu): readonly MenuItem[] => items[kind]

/** A menu with another item chosen; beyond the last comes the first. */
export const moveMenu = (menu: Menu, by: number): Menu => {
  const count = items[menu.kind].length
  return { ...menu, selected: (menu.selected + by + count) % count }
}

/** The key of the chosen item. */
export const chosenKey = (menu: Menu): string | undefined => items[menu.kind][menu.selected]?.key
