import type { Invocation } from '../command.ts'
import { openHome } from '../commands/home.ts'
import { chooseView } from '../view.ts'
import { drillList } from './drill-list.ts'

/** `runtree drill` alone: the home screen at its drills, where one is chosen; without a screen, or as JSON, the list. */
export const drillPick = async (invocation: Invocation): Promise<number> =>
  invocation.flags.has('json') || chooseView(invocation) === 'plain'
    ? drillList(invocation)
    : openHome(invocation, 'drill')
