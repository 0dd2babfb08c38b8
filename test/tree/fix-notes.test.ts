import { expect, it } from 'vitest'
import { fixNotesOf } from '../../src/tree/index.ts'
import { step } from '../session/kit.ts'

const notesOf = (explanation: string) => fixNotesOf(step('fix', { explanation }))

it('what a fix changes and how that is undone is read as plain words', () => {
  expect(
    notesOf(
      'Start it.\n\n**Changes:** the service `kubelet` runs; **nothing** else. **Undo:** `systemctl stop kubelet`, see\n[Stop it](#stop-it).\n\nMore.',
    ),
  ).toEqual({
    changes: 'the service kubelet runs; nothing else.',
    undo: 'systemctl stop kubelet, see Stop it.',
  })
})

it('a command that is all of a note stands without the full stop behind it', () => {
  expect(notesOf('**Changes:** it runs. **Undo:** `systemctl stop kubelet`.').undo).toBe(
    'systemctl stop kubelet',
  )
  expect(notesOf('**Undo:** `rm a`, then `rm b`.').undo).toBe('rm a, then rm b.')
})

it('a step that says nothing of it has no notes', () => {
  expect(notesOf('Undo is a word here, `changes` too.')).toEqual({ changes: undefined, undo: undefined })
})
