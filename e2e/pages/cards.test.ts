import { describe, expect, test } from 'vitest'
import type { Card } from '../../lib/protocol/cards.ts'
import type { Entry } from '../../lib/protocol/events.ts'
import { faultsOf, tooWide, watchMotion } from '../support/accessibility.ts'
import { setStage } from '../support/stage.ts'
import { eventually } from '../support/visit.ts'
import { attacks } from './attacks.ts'
import {
  answered,
  approval,
  arrive,
  asked,
  decided,
  later,
  order,
  placed,
  product,
  requested,
  signedIn,
  signedOut,
} from './written-shop.ts'

/** What a page makes of a log that a story writes: every state there is, whoever brings it about. */

describe('cards', { timeout: 60_000 }, () => {
  const stage = setStage({ RATE_LIMIT: 'off' })

  test('a product is ordered and asked about with the keyboard, in words of the visitor', async () => {
    const { visitor, page, chat, log } = await arrive(stage, [
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
    const wide = await arrive(stage, [asked('q'), answered('list', ['q'], many)])
    {
      await using _ = wide.visitor
      const list = wide.page.getByRole('list', { name: 'Products' })
      expect(await list.getByRole('listitem').count()).toBe(4)
      await wide.page.getByRole('button', { name: 'Show 5 more' }).click()
      expect(await list.getByRole('listitem').count()).toBe(9)
    }
    const phone = await arrive(stage, [asked('q'), answered('list', ['q'], many)], {
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

  test('an order is taken back once, and who sees its time run out is told', async () => {
    const { visitor, page, chat, log } = await arrive(stage, [signedIn, asked('q')])
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
    const { visitor, page, log } = await arrive(stage, [asked('q'), answered('ask', ['q'], [{ kind: 'sign_in' }])])
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
    const { visitor, page, chat, log } = await arrive(stage, [asked('q'), answered('a', ['q'])])
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
    const { visitor, page, chat, log } = await arrive(stage, [
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
      stage,
      [
        { ...signedIn, name: attacks.join(' ') } as Entry,
        asked('q'),
        { ...answered('list', ['q'], cards), tool_calls: tools } as Entry,
        request,
      ],
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
    const { visitor, page } = await arrive(stage, everything, { reducedMotion: 'reduce' })
    await using _ = visitor
    await page.getByRole('region', { name: 'Sign in' }).getByRole('button', { name: 'Sign in' }).click()
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'More' }).filter({ visible: true }).click()
    await page.getByRole('menuitem', { name: 'Sign in' }).click()
    expect(await faultsOf(page, ['dialog[open]'])).toEqual([])
  })

  test('none of them moves for who asks for it', async () => {
    const { visitor, page, log } = await arrive(stage, [signedIn, asked('q')], { reducedMotion: 'reduce' })
    await using _ = visitor
    const moved = await watchMotion(page)
    log.write(requested(), decided('approve'))
    await approval(page).getByText('It is being placed…').waitFor()
    log.write(...everything)
    await page.getByRole('region', { name: 'Sign in' }).waitFor()
    expect(await moved()).toEqual([])
  })

  test('nothing of them is out of reach at 320 px', async () => {
    const { visitor, page } = await arrive(stage, everything, { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true })
    await using _ = visitor
    expect(await tooWide(page)).toEqual([])
    await approval(page).getByRole('button', { name: 'Place the order' }).tap({ trial: true })
  })
})
