import { Text } from 'ink'
import { memo, type ReactNode } from 'react'

/** One line of the screen, already drawn. Cut where it does not fit; drawn anew only when its text changes. */
export const Line = memo(
  ({ text }: { readonly text: string }): ReactNode => <Text wrap="truncate-end">{text}</Text>,
)
