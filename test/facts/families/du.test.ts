import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const sizes = (name: string) => factsOfRecorded('du', name).facts.directorySizes

describe('du', () => {
  it('reads sizes in bytes whatever their unit', () => {
    expect(sizes('summary')).toEqual([
      { path: '/usr/share/doc', size: 119 * 1024 ** 2 },
      { path: '/var/lib/dpkg', size: 33 * 1024 ** 2 },
    ])
    expect(sizes('plain')).toMatchObject({ 5: { path: '/var/lib/dpkg', size: 33452 * 1024 } })
    expect(factsOf('du -sb /a', '4096\t/a\n').facts.directorySizes).toEqual([{ path: '/a', size: 4096 }])
    expect(factsOf('du -sm /a', '4096\t/a\n').facts.directorySizes).toEqual([
      { path: '/a', size: 4096 * 1024 ** 2 },
    ])
  })

  it('reads a sorted listing', () => {
    expect(sizes('sorted')).toHaveLength(15)
    expect(sizes('sorted')).toMatchObject({
      0: { size: 0 },
      14: { path: '/var/lib/dpkg/info', size: 31 * 1024 ** 2 },
    })
  })

  it('counts inodes where they were asked for', () => {
    expect(sizes('inodes')).toEqual([{ path: '/var/lib/dpkg', inodes: 3041 }])
  })

  it('keeps what could be read and says that sizes are too small', () => {
    expect(sizes('denied')).toEqual([{ path: '/var/lib/dpkg', size: 33 * 1024 ** 2 }])
    const stderr = "du: cannot read directory '/var/lib/kubelet/pki': Permission denied\n"
    const { facts, diagnostics } = factsOf('du -sh /var/lib/kubelet', '12K\t/var/lib/kubelet\n', {
      stderr,
      exitCode: 1,
    })
    expect(facts.directorySizes).toEqual([{ path: '/var/lib/kubelet', size: 12288 }])
    expect(diagnostics).toMatchObject([{ code: 'E_FACTS_INCOMPLETE' }])
  })

  it('takes the sum of -c for no directory', () => {
    expect(factsOf('du -ck a b', '4\ta\n8\tb\n12\ttotal\n').facts).toEqual({
      directorySizes: [
        { path: 'a', size: 4096 },
        { path: 'b', size: 8192 },
      ],
      directorySizesTotal: 12288,
    })
    expect(factsOf('du -shc a b | sort -rh', '12K\ttotal\n8.0K\tb\n4.0K\ta\n').facts).toMatchObject({
      directorySizesTotal: 12288,
    })
    expect(factsOf('du -sk total', '4\ttotal\n').facts).toEqual({
      directorySizes: [{ path: 'total', size: 4096 }],
    })
  })
})
