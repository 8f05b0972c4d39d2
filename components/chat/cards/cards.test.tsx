import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest'
import type { Card, OrderCard } from '#lib/protocol/cards.ts'
import type { ApprovalRequest } from '#lib/protocol/events.ts'
import { ChatContext } from '../chat-context.ts'
import { idleChat } from '../fixtures.ts'
import { texts } from '../texts.ts'
import { ApprovalCard } from './approval-card.tsx'
import { Cards } from './cards.tsx'
import { type Shop, ShopContext, shopIn } from './shop-context.ts'
import type { Standing } from './standing.ts'

const NOON = Date.UTC(2026, 10, 20, 12)
const iso = (minutes: number) => new Date(NOON + minutes * 60_000).toISOString()

beforeEach(() => void vi.useFakeTimers({ now: NOON }))
afterEach(() => void vi.useRealTimers())

function shown(cards: Card[], shop: Partial<Shop> = {}): string {
  return renderToStaticMarkup(
    <ChatContext value={idleChat}>
      <ShopContext value={{ ...shopIn([], undefined), ...shop }}>
        <Cards messageId="m1" cards={cards} />
      </ShopContext>
    </ChatContext>,
  )
}

/** What is read, without the elements. */
const read = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

describe('a product', () => {
  const product = (sku: string, more: object = {}): Card => {
    return { kind: 'product', sku, name: `The ${sku}`, price: '166.85', currency: 'USD', ...more }
  }

  test.each<[number | undefined, string, boolean]>([
    [7, 'In stock: 7', true],
    [2, 'Only 2 left', true],
    [0, 'Out of stock', false],
    [undefined, '', true],
  ])('of which there are %s says so in words, and can be ordered if there is one', (stock, words, orderable) => {
    const html = shown([product('MON-0054', { stock })])
    expect(read(html)).toContain('MON-0054 $166.85')
    if (words) expect(read(html)).toContain(words)
    else expect(html).not.toMatch(/stock|left/i)
    expect(html.includes(texts.shop.orderOf('MON-0054'))).toBe(orderable)
  })

  it('shows all of its details alone, and the first of them among others', () => {
    const details = ['a', 'b', 'c', 'd', 'e'].map((label) => ({ label, value: `value ${label}` }))
    const alone = shown([product('A-1', { details })])
    expect(read(alone)).toContain('value e')
    expect(alone).not.toContain(texts.shop.detailsOf('A-1'))
    const several = shown([product('A-1', { details }), product('A-2')])
    expect(read(several)).toContain('value c')
    expect(read(several)).not.toContain('value d')
    expect(several).toContain(texts.shop.detailsOf('A-1'))
  })

  it('among many is in the page, and what is folded can be asked for', () => {
    const many = Array.from({ length: 9 }, (_, index) => product(`A-${index}`))
    const html = shown(many)
    expect(html.match(/<li/g)).toHaveLength(9)
    expect(html).toContain(texts.shop.showMore(5))
    expect(shown(many.slice(0, 4))).not.toContain('Show 0 more')
  })

  it('in two currencies is priced in each', () => {
    expect(read(shown([product('A-1'), product('A-2', { currency: 'points' })]))).toMatch(/\$166\.85.*166\.85 points/)
  })
})

describe('an order', () => {
  const items = [
    { sku: 'MON-0054', name: 'Monitor', quantity: 2, unit_price: '166.85' },
    { sku: 'ACC-0001', quantity: 1, unit_price: '5.00' },
  ]
  const order = (more: Partial<OrderCard> = {}): OrderCard => {
    return { kind: 'order', order_id: 'o1', status: 'submitted', items, total: '338.70', currency: 'USD', ...more }
  }
  const latest = { orders: new Map([['o1', { shownBy: 'm1', status: 'submitted' as const }]]) }

  it('says what, for how much, when and how', () => {
    const html = shown([order({ placed_at: iso(0), payment: 'pending', tracking: '1Z999' })])
    const words = read(html)
    expect(words).toContain('2 × Monitor MON-0054 · $166.85 each $333.70')
    expect(words).toContain('1 × ACC-0001 $5.00 Total $338.70')
    expect(words).toContain('Placed Nov 20, 2026, 12:00')
    expect(words).toMatch(/Payment pending Tracking 1Z999/)
  })

  test.each(['submitted', 'approved', 'fulfilled'] as const)('that is %s stands at that step', (status) => {
    const [step] = /<li aria-current="step">.*?<\/li>/.exec(shown([order({ status })])) ?? []
    expect(read(step ?? '')).toContain(texts.shop.statuses[status])
  })

  test.each(['cancelled', 'draft', 'proposed'] as const)('that is %s says so, and shows no steps', (status) => {
    const html = shown([order({ status })])
    expect(read(html)).toContain(texts.shop.statuses[status])
    expect(html).not.toContain('aria-current')
  })

  it('says what it has become since', () => {
    const orders = new Map([['o1', { shownBy: 'm2', status: 'cancelled' as const }]])
    expect(read(shown([order()], { orders }))).toContain('Since then: Cancelled')
    expect(read(shown([order()], latest))).not.toContain(texts.shop.since)
  })

  it('can be taken back while there is time, where it was shown last', () => {
    const undo = { effect_id: 'a', until: iso(2) }
    expect(read(shown([order({ undo })], latest))).toMatch(/Undo this order You can still take it back for 2:00/)
    expect(shown([order({ undo })])).not.toContain(texts.shop.undo)
    expect(shown([order({ undo: { ...undo, until: iso(0) } })], latest)).not.toContain(texts.shop.undo)
  })
})

describe('signing in', () => {
  const form: Card = { kind: 'sign_in', email: 'alice@example.com' }

  it('is asked for by the latest form, with what is known already', () => {
    const html = shown([form], { signIn: 'm1' })
    expect(html).toMatch(/type="email"[^>]+value="alice@example.com"/)
    expect(html).toMatch(/type="password" inputMode="numeric" autoComplete="one-time-code"/)
    expect(shown([form], { signIn: 'm2' })).not.toContain('<form')
  })

  it('never puts a field into an address', () => {
    const html = shown([form], { signIn: 'm1' })
    expect(html).not.toMatch(/\sname=|\saction=/)
  })

  it('has been done once somebody is signed in', () => {
    const html = shown([form], { signIn: 'm1', customer: { name: 'Alice Warren', via: 'pin' } })
    expect(html).not.toContain('<form')
  })
})

describe('an approval', () => {
  const card: OrderCard = {
    kind: 'order',
    status: 'proposed',
    items: [{ sku: 'MON-0054', quantity: 1, unit_price: '166.85' }],
    total: '166.85',
    currency: 'USD',
  }
  const summary = 'Order 1 × MON-0054 for $166.85'
  const place = { seq: 1, session_id: 's', timestamp: iso(0) }
  const request: ApprovalRequest = {
    type: 'approval_request',
    approval_id: 'a',
    tool: 'create_order',
    summary,
    card,
    digest: 'd',
    expires_at: iso(5),
    content: summary,
    ...place,
  }
  const words = texts.shop.approval('create_order')

  function asked(standing: Standing, more: Partial<ApprovalRequest> = {}): string {
    return renderToStaticMarkup(
      <ChatContext value={idleChat}>
        <ApprovalCard request={{ ...request, ...more }} standing={standing} online />
      </ChatContext>,
    )
  }

  it('says what will happen, what it costs, and how long it may be decided', () => {
    const html = read(asked('open'))
    for (const said of [words.title, summary, 'Total $166.85', words.approve, words.reject, '5:00']) expect(html).toContain(said)
  })

  test.each<[Standing, string]>([
    ['approved', words.carriedOut],
    ['done', words.approved],
    ['rejected', words.rejected],
    ['expired', texts.shop.expired],
    ['void', texts.shop.void],
  ])('that is %s says so, and can be decided no more', (standing, said) => {
    const html = asked(standing)
    expect(read(html)).toContain(said)
    expect(html).not.toContain(`>${words.approve}<`)
    expect(html.includes(texts.shop.askAgain)).toBe(standing === 'expired' || standing === 'void')
  })

  it('is over when its time is, though nothing has said so', () => {
    const html = read(asked('open', { expires_at: iso(0) }))
    expect(html).toContain(texts.shop.expired)
    expect(html).not.toContain(words.approve)
  })

  it('of a tool that is not known has words all the same', () => {
    expect(read(asked('open', { tool: 'fleet.launch_rocket' }))).toContain(texts.shop.approval('').title)
  })
})

it('markup in what a shop says is text', () => {
  const attack = '<img src=x onerror=alert(1)>'
  const html = shown(
    [
      {
        kind: 'product',
        sku: attack,
        name: attack,
        category: attack,
        price: '1.00',
        currency: attack,
        details: [{ label: attack, value: attack }],
      },
      {
        kind: 'order',
        order_id: attack,
        status: 'submitted',
        payment: attack,
        tracking: attack,
        items: [{ sku: attack, quantity: 1, unit_price: '1.00' }],
        total: '1.00',
        currency: attack,
      },
    ],
    { customer: { name: attack, via: 'pin' } },
  )
  expect(html).not.toContain('<img')
  expect(html).toContain('&lt;img')
})
