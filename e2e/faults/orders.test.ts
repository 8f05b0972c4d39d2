import { afterAll, describe, expect, it } from 'vitest'
import { orderRound, type Point, points, type Round, startMortalDesk } from './order-round.ts'
import { smallKnowledge } from './small-knowledge.ts'

/**
 * R-04 of docs/guarantees.md, in the size that fits a test run; ORDER_KILLS=25 is the long one. The desk dies at each
 * point around an order that its visitor approved: there is one order or none, and the visitor is told which.
 */
const KILLS = Number(process.env.ORDER_KILLS ?? 1)
const knowledge = smallKnowledge()
afterAll(knowledge.remove)

async function rounds(plant: string | undefined, where: readonly Point[], times: number): Promise<Array<[Point, Round]>> {
  const desk = await startMortalDesk(knowledge.path, plant)
  try {
    const seen: Array<[Point, Round]> = []
    for (const point of where) {
      for (let time = 0; time < times; time += 1) seen.push([point, await orderRound(desk, point, seen.length)])
    }
    return seen
  } finally {
    await desk.dispose()
  }
}

function report(shop: string, seen: Array<[Point, Round]>): void {
  for (const [point, all] of Map.groupBy(seen, ([point]) => point)) {
    const count = (word: Round['told']) => all.filter(([, { told }]) => told === word).length
    const orders = all.reduce((sum, [, round]) => sum + round.orders, 0)
    const slowest = Math.round(Math.max(...all.map(([, { toldAfter }]) => toldAfter)))
    const told = `placed ${count('placed')}, unknown ${count('unknown')}, nothing ${count('nothing')}`
    console.log(`R-04: ${shop}: ${point}: ${all.length} kills, ${orders} orders; told: ${told}; after ${slowest} ms at most`)
  }
}

const faultsOf = (seen: Array<[Point, Round]>) => seen.flatMap(([point, { faults }]) => faults.map((fault) => `${point}: ${fault}`))

/** Where a shop without keys leaves it open what it did: the call had begun, and no order shows. */
const leftOpen: Point[] = ['before it is sent', 'after it is sent', 'before the shop’s commit']
/** It takes twelve seconds to be sure that none shows: a short run looks at one point of each kind. */
const withoutKeys: readonly Point[] = KILLS > 1 ? points : ['before it is sent', 'after the shop’s commit']

describe('an order whose desk is killed', { timeout: points.length * KILLS * 30_000 + 60_000 }, () => {
  it('is placed once, wherever that was, and told of once', async () => {
    const seen = await rounds(undefined, points, KILLS)
    report('a shop with keys', seen)
    expect(faultsOf(seen)).toEqual([])
    // This shop does a thing once for one key, so nothing is left open, and what was approved is done.
    expect(seen.map(([, { told, orders }]) => [told, orders])).toEqual(seen.map(() => ['placed', 1]))
  })

  it('is never sent again to a shop without keys: it is found there, or a person looks at it', async () => {
    const seen = await rounds('no-keys', withoutKeys, KILLS)
    report('a shop without keys', seen)
    expect(faultsOf(seen)).toEqual([])
    const expected = seen.map(([point]) => (leftOpen.includes(point) ? [point, 'unknown', 0] : [point, 'placed', 1]))
    expect(seen.map(([point, { told, orders }]) => [point, told, orders])).toEqual(expected)
  })
})

/** The check is worth something only if it sees bugs: each is planted and must be found. */
const plants: Array<[string, Point, RegExp]> = [
  ['key-ignored', 'after the shop’s commit', /2 orders for one approval/],
  ['sent-again', 'before its result is kept', /2 orders for one approval/],
  ['guessed-end', 'after the shop’s commit', /an order was made and not told of/],
]

describe.each(plants)('with the planted bug %s', (plant, point, fault) => {
  it(`finds it when the desk dies ${point}`, { timeout: 60_000 }, async () => {
    const seen = await rounds(plant, [point], 1)
    expect(faultsOf(seen).join('\n')).toMatch(fault)
  })
})
