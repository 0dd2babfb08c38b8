import type { AppServices } from '../services.ts'
import type { Leaving } from './overlay.ts'

/** Where leaving what is open leads: out of the program when that was asked for at its start, else to the home screen. */
export const leavingOf = ({ initial, initialDrill, resumed }: AppServices): Leaving =>
  initial === undefined && initialDrill === undefined && resumed === undefined ? 'home' : 'quit'
