import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import type { Card, OrderCard } from '../../lib/protocol/cards.ts'
import type { Entry } from '../../lib/protocol/events.ts'
import { faultsOf, tooWide, watchMotion } from '../support/accessibility.ts'
import { setStage } from '../support/stage.ts'
import { chatOf, eventually, type VisitOptions } from '../support/visit.ts'
import { type WrittenLog, writeLog } from '../support/written-log.ts'
import { attacks } from './attacks.ts'

/** What a page makes of a log that a story writes: every state there is, whoever brings it about. */

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

const asked = (content: string): Entry => ({ type: 'message', role: 'visitor', message_id: content, content, status: 'complete' })
const answered = (message_id: string, to: string[], cards: Card[] = []): Entry => {
  return { type: 'message', role: 'assistant', message_id, content: `This is ${message_id}.`, status: 'complete', in_reply_to: to, cards }
}
const product = (sku: string, more: object = {}): Card => {
  return { kind: 'product', sku, name: `Monitor ${sku}`, category: 'Monitors', price: '166.85', currency: 'USD', stock: 7, ...more }
}
const items = [{ sku: 'MON-0054', name: 'Monitor', quantity: 1, unit_price: '166.85' }]
const order = (more: Partial<OrderCard> = {}): OrderCard => {
  return { kind: 'order', status: 'submitted', order_id: 'o1', items, total: '166.85', currency: 'USD', ...more }
}
const requested = (expires_at = later(5)): Entry => {
  const card: OrderCard = { kind: 'order', status: 'proposed', items, total: '166.85', currency: 'USD' }
  const summary = 'Order 1 × MON-0054 for $166.85'
  const request = { tool: 'create_order', summary, card, digest: 'd', expires_at, content: summary, token: 'the token' }
  return { type: 'approval_request', approval_id: 'a1', ...request } as Entry
}
const decided = (decision: 'approve' | 'reject' | 'expired'): Entry => ({ type: 'approval', approval_id: 'a1', decision })
const signedIn: Entry = { type: 'identity', state: 'signed_in', name: 'Alice Warren', via: 'pin', content: '' }
const signedOut: Entry = { type: 'identity', state: 'signed_out', content: '' }
const placed = (until = later(2)): Entry => {
  return answered('placed', [], [order({ placed_at: later(0), payment: 'pending', undo: { effect_id: 'a1', until } })])
}

describe('cards', { timeout: 60_000 }, () => {
  const stage = setStage({ RATE_LIMIT: 'off' })

  /** A visit to a conversation that holds these entries already. */
  async function arrive(entries: Entry[], options: VisitOptions = {}) {
    let log: WrittenLog | undefined
    const visitor = await stage.visit({
      ...options,
      async before(context) {
        await options.before?.(context)
        log = await writeLog(context)
        log.write(...entries)
      },
    })
    if (!log) throw new Error('there is no log')
    const { page } = visitor
    const chat = chatOf(page)
    await chat.connection('Real-time connected').waitFor()
    return { visitor, page, chat, log }
  }

  const approval = (page: Page) => page.getByRole('article', { name: /^Place this order/ })

  test('a product is ordered and asked about with the keyboard, in words of the visitor', async () => {
    const { visitor, page, chat, log } = await arrive([
      asked('Show me monitors'),
      answered('list', ['Show me monitors'], [product('MON-0054'), product('MON-0001', { stock: 0 }), product('MON-0002', { stock: 2 })]),
    ])
    await using _ = visitor
    log.answer((action) => ({
      entries: action.type === 'message' ? [{ ...asked(action.text), client_msg_id: action.client_msg_id } as Entry] : [],
    }))
    const list = page.getByRole('list', { name: 'Products' })
    expect(await list.getByRole('listitem').count()).toBe(3)
    expect(await list.getByRole('button').allInnerTexts()).toEqual(['Order', 'Details', 'Details', 'Order', 'Details'])
    expect(await list.innerText()).toMatch(/In stock: 7.*Out of stock.*Only 2 left/s)
    await list.getByRole('button', { name: 'Order MON-0054' }).focus()
    await page.keyboard.press('Enter')
    await chat.own.getByText('I want to order MON-0054').waitFor()
    await list.getByRole('button', { name: 'Order MON-0002' }).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await chat.own.getByText('Tell me more about MON-0002').waitFor()
    expect(await chat.own.filter({ hasText: 'Sending' }).count()).toBe(0)
  })

  test('many products are folded where they stand below one another, and in a row on a phone', async () => {
    const many = Array.from({ length: 9 }, (_, index) => product(`MON-000${index}`))
    const wide = await arrive([asked('q'), answered('list', ['q'], many)])
    {
      await using _ = wide.visitor
      const list = wide.page.getByRole('list', { name: 'Products' })
      expect(await list.getByRole('listitem').count()).toBe(4)
      await wide.page.getByRole('button', { name: 'Show 5 more' }).click()
      expect(await list.getByRole('listitem').count()).toBe(9)
    }
    const phone = await arrive([asked('q'), answered('list', ['q'], many)], {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    })
    await using _ = phone.visitor
    const list = phone.page.getByRole('list', { name: 'Products' })
    expect(await list.getByRole('listitem').count()).toBe(9)
    expect(await tooWide(phone.page)).toEqual([])
    const last = list.getByRole('button', { name: 'Details of MON-0008' })
    await last.focus()
    await eventually(() => list.evaluate((element) => element.scrollLeft)).toBeGreaterThan(500)
    expect((await last.boundingBox())?.x).toBeLessThan(390)
  })

  test('an approval is given once, however often its button is pressed, and the order follows', async () => {
    const { visitor, page, chat, log } = await arrive([signedIn, asked('q'), answered('proposal', ['q']), requested()])
    await using _ = visitor
    await approval(page).getByText('Nothing happens before you confirm.').waitFor()
    await approval(page).getByRole('button', { name: 'Place the order' }).dblclick()
    await approval(page).getByRole('button', { name: 'Placing the order…' }).click({ force: true })
    await approval(page).getByRole('button', { name: 'Not now' }).click({ force: true })
    await eventually(() => log.asked).toEqual([{ type: 'approval', approval_id: 'a1', decision: 'approve', token: 'the token' }])
    log.write(decided('approve'))
    await approval(page).getByText('It is being placed…').waitFor()
    await approval(page).and(page.locator(':focus')).waitFor()
    log.write(placed())
    await approval(page).getByText('You approved this order.', { exact: true }).waitFor()
    await chat.answers.getByRole('article', { name: 'Order o1' }).getByText('$166.85').first().waitFor()
    expect(log.asked).toHaveLength(1)
  })

  test('an approval that the desk refuses says why, and can be given again', async () => {
    const { visitor, page, log } = await arrive([signedIn, asked('q'), answered('proposal', ['q']), requested()])
    await using _ = visitor
    log.answer(() => ({ fault: 'Please sign in again first.' }))
    await approval(page).getByRole('button', { name: 'Place the order' }).click()
    await page.getByRole('alert').getByText('Please sign in again first.').waitFor()
    log.answer(() => ({ entries: [decided('reject')] }))
    await approval(page).getByRole('button', { name: 'Not now' }).click()
    await approval(page).getByText('You decided not to order. Nothing was ordered.').waitFor()
  })

  test.each<[string, Entry[], string]>([
    ['open', [], 'Place the order'],
    ['approved', [decided('approve')], 'It is being placed…'],
    ['done', [decided('approve'), placed()], 'You approved this order.'],
    ['rejected', [decided('reject')], 'You decided not to order.'],
    ['over', [decided('expired')], 'The time to confirm this is over.'],
    ['void', [decided('expired'), signedOut], 'because the sign-in has changed'],
  ])('an approval that is %s is the same after a reload and in another tab', async (_state, entries, words) => {
    const { visitor, page } = await arrive([signedIn, asked('q'), answered('proposal', ['q']), requested(), ...entries])
    await using _ = visitor
    await approval(page).getByText(words).waitFor()
    await page.reload()
    await approval(page).getByText(words).waitFor()
    await approval(await visitor.tab())
      .getByText(words)
      .waitFor()
  })

  test('an approval that is given in one tab is given in the other', async () => {
    const { visitor, page, log } = await arrive([signedIn, asked('q'), answered('proposal', ['q']), requested()])
    await using _ = visitor
    const other = await visitor.tab()
    log.answer(() => ({ entries: [decided('approve'), placed()] }))
    await approval(other).getByRole('button', { name: 'Place the order' }).click()
    for (const tab of [page, other]) {
      await approval(tab).getByText('You approved this order.', { exact: true }).waitFor()
      await tab.getByRole('button', { name: 'Undo this order' }).waitFor()
    }
  })

  test('an approval that was not given in time can be asked for again', async () => {
    const { visitor, page, chat, log } = await arrive([])
    await using _ = visitor
    await page.clock.install()
    await page.reload()
    await chat.connection('Real-time connected').waitFor()
    log.write(signedIn, asked('q'), answered('proposal', ['q']), requested())
    await page.getByRole('status').getByText('Place this order? Order 1 × MON-0054 for $166.85').waitFor()
    await approval(page).getByRole('button', { name: 'Place the order' }).focus()
    await page.clock.fastForward('05:01')
    await approval(page).getByText('The time to confirm this is over. Nothing was done.').waitFor()
    await approval(page).and(page.locator(':focus')).waitFor()
    await approval(page).getByRole('button', { name: 'Ask again' }).click()
    await eventually(() => log.asked.map((action) => action.type === 'message' && action.text)).toEqual(['I want to order MON-0054'])
  })

  test('an order is taken back once, and who sees its time run out is told', async () => {
    const { visitor, page, chat, log } = await arrive([signedIn, asked('q')])
    await using _ = visitor
    await page.clock.install()
    await page.reload()
    await chat.connection('Real-time connected').waitFor()
    log.write(placed())
    await page.getByRole('button', { name: 'Undo this order' }).dblclick()
    await page.getByRole('button', { name: 'Taking it back…' }).waitFor()
    await eventually(() => log.asked).toEqual([{ type: 'undo', effect_id: 'a1' }])
    log.write(answered('cancelled', [], [order({ status: 'cancelled' })]))
    await chat.answers.nth(0).getByText('Since then:').waitFor()
    await chat.answers.nth(1).getByText('Cancelled', { exact: true }).waitFor()
    expect(await page.getByRole('button', { name: /Undo|Taking/ }).count()).toBe(0)
    await chat.composer.and(page.locator(':focus')).waitFor()
    log.write(answered('other', [], [order({ order_id: 'o2', undo: { effect_id: 'a2', until: later(2) } })]))
    await page.getByRole('button', { name: 'Undo this order' }).waitFor()
    await page.clock.fastForward('02:01')
    await chat.answers.getByText('The time to take it back here is over.').waitFor()
    expect(await page.getByRole('button', { name: 'Undo this order' }).count()).toBe(0)
  })

  test('signing in says what was wrong, and keeps the PIN nowhere', async () => {
    const pin = '7391'
    const { visitor, page, log } = await arrive([asked('q'), answered('ask', ['q'], [{ kind: 'sign_in' }])])
    await using _ = visitor
    const form = page.getByRole('region', { name: 'Sign in' })
    const field = form.getByLabel('PIN', { exact: true })
    const submit = form.getByRole('button', { name: 'Sign in' })
    await submit.click()
    await form.getByRole('alert').getByText('Please write your e-mail address.').waitFor()
    await form.getByLabel('E-mail').fill('alice@example.com')
    await submit.click()
    await form.getByRole('alert').getByText('The PIN has four digits.').waitFor()
    expect(log.asked).toEqual([])
    expect(await field.getAttribute('type')).toBe('password')
    log.answer(() => ({ receipt: { identity: 'wrong' } }))
    await field.fill('73 91 2')
    expect(await field.inputValue()).toBe(pin)
    await field.press('Enter')
    await form.getByRole('alert').getByText('The e-mail address or the PIN is wrong.').waitFor()
    expect(log.asked).toEqual([{ type: 'sign_in', email: 'alice@example.com', pin }])
    expect(await field.inputValue()).toBe('')
    await field.and(page.locator(':focus')).waitFor()
    log.answer(() => ({ receipt: { identity: 'locked', retry_after: 900 } }))
    await field.fill(pin)
    await submit.click()
    await form.getByText(/Try it again in 1[45]:\d\d/).waitFor()
    log.answer(() => ({ entries: [asked('I have signed in'), signedIn], receipt: { identity: 'verified' } }))
    await field.fill(pin)
    await submit.click()
    await page.getByRole('banner').getByText('Alice Warren').waitFor()
    await eventually(() => form.count()).toBe(0)
    expect(page.url()).not.toContain(pin)
    expect(
      await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, document.body.innerHTML])),
    ).not.toContain(pin)
  })

  test('one signs in and out from the menu, and is asked first where something would end', async () => {
    const { visitor, page, chat, log } = await arrive([asked('q'), answered('a', ['q'])])
    await using _ = visitor
    const menu = () => page.getByRole('button', { name: 'More' }).filter({ visible: true })
    await menu().press('Enter')
    await page.getByRole('menuitem', { name: 'Sign in' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Sign in' })
    await page.keyboard.type('alice@example.com')
    await page.keyboard.press('Tab')
    await page.keyboard.type('1234')
    log.answer(() => ({ entries: [signedIn, requested()], receipt: { identity: 'verified' } }))
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await menu().click()
    await page.getByRole('group', { name: 'Signed in as Alice Warren' }).getByRole('menuitem', { name: 'Sign out' }).click()
    const question = page.getByRole('dialog', { name: 'Sign out now?' })
    await question.getByRole('button', { name: 'Stay signed in' }).click()
    await question.waitFor({ state: 'hidden' })
    log.write(decided('reject'))
    await approval(page).getByText('You decided not to order.').waitFor()
    log.answer(() => ({ entries: [signedOut], receipt: { identity: 'out' } }))
    await menu().click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await chat.log.getByText('Signed out. What is shown here stays').waitFor()
    expect(log.asked.map(({ type }) => type)).toEqual(['sign_in', 'sign_out'])
    expect(await page.getByRole('banner').getByText('Alice Warren').count()).toBe(0)
  })

  test('a PIN in the message box is in no draft, and not shown on its way', async () => {
    const { visitor, page, chat, log } = await arrive([
      asked('q'),
      answered('ask', ['q'], [{ kind: 'sign_in', email: 'alice@example.com' }]),
    ])
    await using _ = visitor
    const drafts = () => page.evaluate(() => localStorage.getItem('frontdesk.draft'))
    await chat.composer.fill('Where is it')
    expect(await drafts()).toBe('Where is it')
    await chat.composer.fill('My email is alice@example.com and PIN is 7391')
    expect(await drafts()).toBeNull()
    // Taken, but not in the log yet: it stays on its way.
    log.answer(() => ({ receipt: { seq: 99 } }))
    await chat.composer.press('Enter')
    await chat.own.getByText('My email is alice@example.com and PIN is ••••').waitFor()
    await chat.ask('7391')
    await chat.own.getByText('••••', { exact: true }).waitFor()
    expect(await chat.log.innerText()).not.toContain('7391')
  })

  test('what a shop says is text', async () => {
    const ran: string[] = []
    const cards = attacks.flatMap((attack, index): Card[] => [
      product(attack.slice(0, 40), {
        name: attack,
        category: attack,
        currency: attack.slice(0, 9),
        details: [{ label: attack, value: attack }],
      }),
      order({
        order_id: `${index}${attack}`,
        payment: attack,
        tracking: attack,
        currency: attack,
        items: [{ sku: attack, name: attack, quantity: 1, unit_price: '1.00' }],
      }),
    ])
    const request = { ...requested(), tool: attacks[0], summary: attacks.join(' ') } as Entry
    const tools = attacks.map((name) => ({ name, status: 'ok' as const }))
    const { visitor, page, chat } = await arrive(
      [{ ...signedIn, name: attacks.join(' ') }, asked('q'), { ...answered('list', ['q'], cards), tool_calls: tools } as Entry, request],
      { before: (context) => context.exposeFunction('alert', () => ran.push('/')) },
    )
    await using _ = visitor
    await chat.answers.getByRole('button', { name: 'Why this answer' }).click()
    await page.getByRole('button', { name: `Show ${attacks.length - 4} more` }).click()
    await page.reload()
    await chat.answers.waitFor()
    expect(await chat.log.locator('script, iframe, object, embed, img, video, math, form[action], style, base').count()).toBe(0)
    expect(await chat.log.locator('[href], [src], [onerror], [onclick]').count()).toBe(0)
    expect(ran).toEqual([])
  })

  const everything = [
    signedIn,
    asked('q'),
    answered(
      'list',
      ['q'],
      [
        product('MON-0054', { details: [{ label: 'Size', value: '27 in' }] }),
        product('MON-0001', { stock: 0 }),
        product('MON-0002', { stock: 2, name: 'Donaudampfschifffahrtsgesellschaftsmonitor'.repeat(2) }),
      ],
    ),
    answered(
      'orders',
      ['q'],
      [
        order({ order_id: 'o2', status: 'cancelled' }),
        order({ order_id: '33736dcc-a7f0-499e-80b5-244a4767e1fa', status: 'fulfilled', tracking: '1Z999AA15655274506'.repeat(3) }),
      ],
    ),
    placed(later(60)),
    { ...answered('mine', ['q']), role: 'visitor', sign_in: 'verified' } as Entry,
    signedOut,
    answered('ask', ['q'], [{ kind: 'sign_in' }]),
    requested(later(60)),
  ]

  test('axe finds nothing in any of them, in light and dark', async () => {
    const { visitor, page } = await arrive(everything, { reducedMotion: 'reduce' })
    await using _ = visitor
    await page.getByRole('region', { name: 'Sign in' }).getByRole('button', { name: 'Sign in' }).click()
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'More' }).filter({ visible: true }).click()
    await page.getByRole('menuitem', { name: 'Sign in' }).click()
    expect(await faultsOf(page, ['dialog[open]'])).toEqual([])
  })

  test('none of them moves for who asks for it', async () => {
    const { visitor, page, log } = await arrive([signedIn, asked('q')], { reducedMotion: 'reduce' })
    await using _ = visitor
    const moved = await watchMotion(page)
    log.write(requested(), decided('approve'))
    await approval(page).getByText('It is being placed…').waitFor()
    log.write(...everything)
    await page.getByRole('region', { name: 'Sign in' }).waitFor()
    expect(await moved()).toEqual([])
  })

  test('nothing of them is out of reach at 320 px', async () => {
    const { visitor, page } = await arrive(everything, { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true })
    await using _ = visitor
    expect(await tooWide(page)).toEqual([])
    await approval(page).getByRole('button', { name: 'Place the order' }).tap({ trial: true })
  })
})
