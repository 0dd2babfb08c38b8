import { describe, expect, it } from 'vitest'
import { codes, fencesOf, parse } from './read.ts'

const attributes = (info: string) => fencesOf(parse(`\`\`\`${info}\nls\n\`\`\``))[0]?.attributes

describe('fence attributes', () => {
  it.each([
    ['bash {name=etcd timeout=30s}', { name: 'etcd', timeoutMs: 30_000 }],
    ['bash {"name":"etcd","timeout":"30s"}', { name: 'etcd', timeoutMs: 30_000 }],
    ['bash{name=etcd}', { name: 'etcd' }],
    ['sh { name = "my etcd", where=control-plane }', { name: 'my etcd', where: 'control-plane' }],
    ['sh {interactive}', { interactive: true }],
    ['sh {interactive=false follow=true}', { interactive: false, follow: true }],
    ['sh {"interactive":"false","excludeFromRunAll":true}', { interactive: false, excludeFromRunAll: true }],
    [
      "sh {cwd='/etc/kubernetes/pki' effect=destructive optional}",
      { cwd: '/etc/kubernetes/pki', effect: 'destructive', optional: true },
    ],
    ['sh {timeout=1m30s}', { timeoutMs: 90_000 }],
    ['sh {timeout=500ms}', { timeoutMs: 500 }],
    ['sh {"timeout":5}', { timeoutMs: 5000 }],
    ['sh {where=node-1}', { where: 'node-1' }],
    ['sh {#x .y 1,3-5}', { name: undefined }],
    ['sh title="x"', { name: undefined }],
  ])('are read from %s', (info, expected) => {
    expect(attributes(info)).toMatchObject(expected)
    expect(codes(`\`\`\`${info}\nls\n\`\`\``)).toEqual([])
  })

  it.each([
    ['bash {timeout=soon}', ['1:10 E_FENCE_ATTRIBUTE']],
    ['bash {effect=none}', ['1:10 E_FENCE_ATTRIBUTE']],
    ['bash {name=x interactive=maybe}', ['1:17 E_FENCE_ATTRIBUTE']],
    ['bash {nmae=x}', ['1:10 E_FENCE_UNKNOWN_ATTRIBUTE']],
    ['bash {"name":}', ['1:9 E_FENCE_ATTRIBUTE_SYNTAX']],
    ['bash {name==x}', ['1:14 E_FENCE_ATTRIBUTE_SYNTAX']],
  ])('that are wrong in %s are told at their place', (info, expected) => {
    expect(codes(`\`\`\`${info}\nls\n\`\`\``)).toEqual(expected)
  })

  it('that are wrong leave the others as they are', () => {
    expect(attributes('bash {name=x timeout=soon where=node}')).toMatchObject({
      name: 'x',
      where: 'node',
      timeoutMs: undefined,
    })
  })

  it('of other tools are passed over', () => {
    expect(codes('```sh {"id":"01H","tag":"x","background":"true"}\nls\n```')).toEqual([])
  })
})
