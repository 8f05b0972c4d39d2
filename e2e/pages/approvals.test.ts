import { describe, expect, test } from 'vitest'
import type { Entry } from '../../lib/protocol/events.ts'
import { setStage } from '../support/stage.ts'
import { eventually } from '../support/visit.ts'
import { answered, approval, arrive, asked, decided, placed, requested, signedIn, signedOut } from './written-shop.ts'

/** What a page makes of a log that a story writes: every state there is, whoever brings it about. */

describe('approvals', { timeout: 60_000 }, () => {
  const stage = setStage({ RATE_LIMIT: 'off' })

  test('an approval is given once, however often its button is pressed, and the order follows', async () => {
    const { visitor, page, chat, log } = await arrive(stage, [signedIn, asked('q'), answered('proposal', ['q']), requested()])
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
    const { visitor, page, log } = await arrive(stage, [signedIn, asked('q'), answered('proposal', ['q']), requested()])
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
    const { visitor, page } = await arrive(stage, [signedIn, asked('q'), answered('proposal', ['q']), requested(), ...entries])
    await using _ = visitor
    await approval(page).getByText(words).waitFor()
    await page.reload()
    await approval(page).getByText(words).waitFor()
    await approval(await visitor.tab())
      .getByText(words)
      .waitFor()
  })

  test('an approval that is given in one tab is given in the other', async () => {
    const { visitor, page, log } = await arrive(stage, [signedIn, asked('q'), answered('proposal', ['q']), requested()])
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
    const { visitor, page, chat, log } = await arrive(stage, [])
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
})
