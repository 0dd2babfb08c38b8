import type { HomeSection } from '../scene/home-entries.ts'

/** What a section of the home list is called, what one of its entries is, and what stands in it when it holds nothing. */
export type HomeWords = { readonly title: string; readonly noun: string; readonly empty: string }

/** The words of each section of the home list. */
export const homeWords: Readonly<Record<HomeSection, HomeWords>> = {
  symptom: {
    title: 'What is wrong?',
    noun: 'complaint',
    empty: 'No runbook names a complaint. Choose a runbook below.',
  },
  runbook: {
    title: 'Runbooks',
    noun: 'runbook',
    empty: 'No runbook was found. Open one by its path: runtree open FILE.md',
  },
  drill: {
    title: 'Fire drills',
    noun: 'drill',
    empty: 'No drill came with this runtree. "runtree drill start FILE.yaml" begins one of your own.',
  },
  session: {
    title: 'Earlier sessions',
    noun: 'session',
    empty: 'None yet. A triage that you leave waits here for you.',
  },
}
