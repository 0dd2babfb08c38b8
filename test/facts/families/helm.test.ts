import { describe, expect, test } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

describe('Helm releases', () => {
  test('of Helm 3 are read between tabs', () => {
    const output = [
      'NAME    \tNAMESPACE  \tREVISION\tUPDATED                                \tSTATUS         \tCHART         \tAPP VERSION',
      'traefik \tkube-system\t1       \t2021-04-02 10:11:12.123456789 +0000 UTC\tdeployed       \ttraefik-9.18.2\t2.4.8      ',
      'web     \tshop       \t7       \t2021-04-03 10:11:12.1 +0200 CEST       \tpending-upgrade\tweb-0.1.0     \t           ',
    ].join('\n')
    const { facts, lines, parser } = factsOf('helm ls -A', output)
    expect(parser).toBe('helm')
    expect(facts.releases).toEqual([
      {
        name: 'traefik',
        namespace: 'kube-system',
        revision: 1,
        updated: '2021-04-02T10:11:12.123456789+00:00',
        status: 'deployed',
        chart: 'traefik-9.18.2',
        appVersion: '2.4.8',
      },
      {
        name: 'web',
        namespace: 'shop',
        revision: 7,
        updated: '2021-04-03T10:11:12.1+02:00',
        status: 'pending-upgrade',
        chart: 'web-0.1.0',
      },
    ])
    expect(lines.get('releases[1]')).toBe(3)
  })

  test('of Helm 2 keep the date as printed', () => {
    const output = [
      'NAME    \tREVISION\tUPDATED                 \tSTATUS  \tCHART           \tAPP VERSION\tNAMESPACE',
      'logging \t3       \tTue Apr 30 21:34:10 2019\tDEPLOYED\tlogging-app-5.0.3\t           \tmonitoring',
    ].join('\n')
    expect(factsOf('helm ls', output).facts.releases).toEqual([
      {
        name: 'logging',
        revision: 3,
        updated: 'Tue Apr 30 21:34:10 2019',
        status: 'deployed',
        chart: 'logging-app-5.0.3',
        namespace: 'monitoring',
      },
    ])
  })

  test('in JSON are the same', () => {
    const output =
      '[{"name":"web","namespace":"shop","revision":"7","updated":"2021-04-03 10:11:12.1 +0200 CEST","status":"failed","chart":"web-0.1.0","app_version":""}]'
    expect(factsOf('helm list -o json', output).facts.releases).toEqual([
      {
        name: 'web',
        namespace: 'shop',
        revision: 7,
        updated: '2021-04-03T10:11:12.1+02:00',
        status: 'failed',
        chart: 'web-0.1.0',
      },
    ])
  })

  test('are an empty list where only the header stands, and absent where Helm could not look', () => {
    const header = 'NAME\tNAMESPACE\tREVISION\tUPDATED\tSTATUS\tCHART\tAPP VERSION\n'
    expect(factsOf('helm ls', header).facts).toEqual({ releases: [] })
    const { facts, diagnostics } = factsOf('helm ls', '', {
      stderr:
        'Error: Kubernetes cluster unreachable: Get "https://10.0.0.1:6443/version": dial tcp 10.0.0.1:6443: connect: connection refused\n',
      exitCode: 1,
    })
    expect(facts).toEqual({})
    expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual(['E_FACTS_NO_ANSWER'])
  })
})
