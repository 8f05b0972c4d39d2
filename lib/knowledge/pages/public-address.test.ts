import type { LookupAddress, lookup } from 'node:dns'
import { expect, test } from 'vitest'
import { createGuardedLookup, isPublicAddress } from './public-address.ts'

test.each([
  '8.8.8.8',
  '93.184.216.34',
  '172.15.255.255',
  '172.32.0.1',
  '100.63.0.1',
  '192.169.0.1',
  '2606:4700::1111',
  '2a00:1450:4001:81b::200e',
])('is public: %s', (address) => expect(isPublicAddress(address)).toBe(true))

test.each([
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '100.100.100.200',
  '192.0.0.192',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  'fd00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '2001:db8::1',
  '2001::1',
  '2002:7f00:1::',
  '2002:a9fe:a9fe::1',
  'localhost',
  '',
])('is not: %s', (address) => expect(isPublicAddress(address)).toBe(false))

/** Resolves every name to these. */
function names(...addresses: string[]): typeof lookup {
  const found: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  return ((_name: string, _options: object, done: (error: null, found: LookupAddress[]) => void) =>
    done(null, found)) as unknown as typeof lookup
}

test('a name is resolved to its public addresses alone, for those who ask for one and those who ask for all', async () => {
  const guarded = createGuardedLookup(isPublicAddress, names('127.0.0.1', '8.8.8.8', 'fd00::1', '2606:4700::1111'))
  const ask = (all: boolean) =>
    new Promise((resolve) => guarded('shop.example.com', { all }, (error, address, family) => resolve([error, address, family])))
  expect(await ask(false)).toEqual([null, '8.8.8.8', 4])
  expect(await ask(true)).toEqual([
    null,
    [
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ],
    undefined,
  ])
})

test('a name without a public address is refused', async () => {
  const guarded = createGuardedLookup(isPublicAddress, names('10.0.0.1', '::ffff:10.0.0.1'))
  const error = await new Promise((resolve) => guarded('shop.example.com', { all: true }, resolve))
  expect(error).toEqual(new Error('it leads to a private address'))
})
