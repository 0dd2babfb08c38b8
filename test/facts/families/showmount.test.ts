import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

describe('showmount', () => {
  it('reads what is offered to whom', () => {
    expect(factsOfRecorded('showmount', 'exports').facts).toEqual({
      exports: [
        { path: '/export/shared', clients: ['10.1.0.0/24', '10.2.0.0/24'] },
        { path: '/export/public', clients: ['(everyone)'] },
      ],
    })
  })

  it('says that nothing is offered', () => {
    expect(factsOf('showmount -e nas', 'Export list for nas:\n').facts).toEqual({ exports: [] })
  })

  it('gives no fact when the server does not answer', () => {
    const { facts, diagnostics } = factsOfRecorded('showmount', 'refused')
    expect(facts).toEqual({})
    expect(diagnostics).toMatchObject([{ code: 'E_FACTS_NO_ANSWER' }])
  })
})
