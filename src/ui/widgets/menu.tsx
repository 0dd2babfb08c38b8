import { Box, Text } from 'ink'
import SelectInput, { type IndicatorProps, type ItemProps } from 'ink-select-input'
import type { ReactNode } from 'react'
import type { Rectangle } from '../layout/rectangle.ts'
import { span } from '../present/span.ts'
import { itemsOf, type Menu } from '../state/menus.ts'
import { glyphs } from '../theme/glyphs.ts'
import { useDraw } from './drawing.ts'

const Indicator = ({ isSelected = false }: IndicatorProps): ReactNode => {
  const draw = useDraw()
  return <Text>{draw([span(isSelected ? `${glyphs.selected} ` : '  ', 'accent')])}</Text>
}

const Item = ({ label, isSelected = false }: ItemProps): ReactNode => {
  const draw = useDraw()
  return <Text>{draw([span(label, isSelected ? 'selected' : 'plain')])}</Text>
}

/** What a menu is given: what it offers, and where it stands. */
export type MenuListProps = { readonly menu: Menu; readonly at: Rectangle }

/**
 * The items of a menu, the chosen one pointed at. The list only draws: keys go through the root, so that several in one chunk and
 * the table of keys hold for menus too. It begins anew when the choice changes, because it keeps a choice of its own.
 */
export const MenuList = ({ menu, at }: MenuListProps): ReactNode => (
  <Box position="absolute" left={at.x} top={at.y} width={at.width} height={at.height} overflow="hidden">
    <SelectInput
      key={menu.selected}
      isFocused={false}
      initialIndex={menu.selected}
      items={itemsOf(menu).map(({ key, label }) => ({ label: `${key}  ${label}`, value: key }))}
      indicatorComponent={Indicator}
      itemComponent={Item}
    />
  </Box>
)
