import { describe, expect, it } from 'vitest'
import type { World } from '../../src/cluster/index.ts'
import { changeStatus, getObject, putObject } from '../../src/cluster/kube/store.ts'
import { advance } from '../../src/cluster/laws/advance.ts'
import {
  type Certificate,
  decodeCertificates,
  encodeRequest,
} from '../../src/cluster/relations/certificate.ts'
import { openShell, openWorld } from './kit.ts'

const wanted: Certificate = {
  commonName: 'deployer',
  organizations: ['release'],
  issuer: '',
  issuerKeyId: '',
  keyId: '7c1d',
  serial: '0a',
  notBeforeMs: 0,
  notAfterMs: 0,
  dnsNames: [],
  addresses: [],
  isAuthority: false,
}

const ask = (world: World): void =>
  void putObject(world, {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name: 'deployer' },
    spec: {
      request: btoa(encodeRequest(wanted)),
      signerName: 'kubernetes.io/kube-apiserver-client',
      username: 'ada',
    },
    status: {},
  })

const signed = (world: World): Certificate | undefined => {
  const text = getObject(world.kube, { kind: 'CertificateSigningRequest', name: 'deployer' })?.status
    ?.certificate
  return text === undefined ? undefined : decodeCertificates(atob(text))[0]
}

describe('a signing request', () => {
  it('waits until a person approves it, and is then signed by the authority of the cluster', async () => {
    const world = openWorld()
    ask(world)
    advance(world, 5_000)
    expect(signed(world)).toBeUndefined()
    await openShell(world).run('kubectl certificate approve deployer')
    advance(world, 5_000)
    expect(signed(world)).toMatchObject({ commonName: 'deployer', issuer: 'kubernetes', keyId: '7c1d' })
  })

  it('is not signed while it is only denied', () => {
    const world = openWorld()
    ask(world)
    const request = getObject(world.kube, { kind: 'CertificateSigningRequest', name: 'deployer' })
    if (request === undefined) throw new Error('the request is gone')
    changeStatus(world, request, { conditions: [{ type: 'Denied', status: 'True' }] })
    advance(world, 5_000)
    expect(signed(world)).toBeUndefined()
  })
})
