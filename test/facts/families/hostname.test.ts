import { describe, expect, it } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

describe('hostname', () => {
  it('reads the name and the addresses', () => {
    expect(factsOf('hostname', 'node1\n').facts).toEqual({ hostname: 'node1' })
    expect(factsOf('hostname -f', 'node1.lab.example\n').facts).toEqual({ hostname: 'node1.lab.example' })
    expect(factsOf('hostname -I', '10.1.0.11 10.42.0.1 fd00::2 \n').facts).toEqual({
      hostAddresses: ['10.1.0.11', '10.42.0.1', 'fd00::2'],
    })
    expect(factsOf('hostnamectl', ' Static hostname: node1\n       Icon name: computer-vm\n').facts).toEqual({
      hostname: 'node1',
    })
  })

  it('does not take setting the name for asking', () => {
    expect(factsOf('hostname node2', '').parser).toBeUndefined()
  })
})
