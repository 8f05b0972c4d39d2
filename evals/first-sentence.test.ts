import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAssistant } from './ask.ts'

/** The sentence that answers is to be said first: a question, and what stands in that sentence. */
const firsts: Array<[question: string, says: string]> = [
  ['What is your return policy?', 'within 30 days of delivery'],
  ['How do returns work?', 'return number'],
  ['How much is shipping?', '$6.95'],
  ['When is shipping free?', '$75'],
  ['How long does delivery take?', '3 to 5 business days'],
  ['Do you ship on weekends?', 'Saturdays or Sundays'],
  ['Do you ship to Puerto Rico?', 'Puerto Rico'],
  ['Can I get it tomorrow?', 'next business day'],
  ['How much is overnight delivery to Texas?', '$29.95'],
  ['When are you open?', 'Monday to Friday from 9:00 am'],
  ['Are you open on Sunday?', 'closed on Sunday'],
  ['Are you open at Thanksgiving?', 'Thanksgiving'],
  ['Where is your store?', '18 Wharf Lane'],
  ['Is the shop accessible with a wheelchair?', 'step-free'],
  ['What is the phone number?', '555 0142'],
  ['How do I reach a person?', 'Ask the chat assistant for a person'],
  ['How long is the warranty?', '24-month'],
  ['How long is the warranty on a printer?', '12-month'],
  ['Does the warranty cover liquid damage?', 'does not cover drops, liquid'],
  ['What does Harbor Care cost?', '8%'],
  ['Does Harbor Care cover theft?', 'does not cover loss, theft'],
  ['Can I cancel my order?', 'only while the order is'],
  ['Can I still cancel after approval?', 'can be returned within 30 days'],
  ['Where is my order?', 'tracking link in the shipping e-mail'],
  ['What does submitted mean?', 'has been sent to Harbor Computers and waits'],
  ['What does fulfilled mean?', 'handed to the carrier'],
  ['When do I get my refund?', 'business days after release'],
  ['How long does a PayPal refund take?', 'PayPal take 1 to 2'],
  ['Why is my refund less than I paid?', 'lower than the price'],
  ['Is there a restocking fee?', '15%'],
  ['Can I return an opened laptop?', 'restocking fee of 15%'],
  ['What is an open-box product?', 'returned items that'],
  ['Do open-box products have a warranty?', 'same warranty as new'],
  ['Can I return opened ink?', 'cannot be returned'],
  ['Do you take Bitcoin?', 'does not accept checks, cryptocurrency'],
  ['Which cards do you accept?', 'Visa, Mastercard'],
  ['When is my card charged?', 'charged when the order is approved'],
  ['I forgot my PIN', 'Forgot PIN'],
  ['My account is locked', '15 minutes'],
  ['Is there a student discount?', '6%'],
  ['Do gift cards expire?', 'never expire'],
  ['How much is a laptop screen repair?', '$89'],
  ['How long does a repair take?', '3 to 5 business days'],
  ['What does a diagnosis cost?', '$45'],
  ['Do you repair phones?', 'does not repair phones'],
  ['Do you price match?', 'matches a lower price'],
  ['What discount do I get for 30 monitors?', '7%'],
  ['How do I get a quote?', 'quote'],
  ['How much RAM do I need?', '16 GB'],
  ['How long do you keep chat transcripts?', 'kept for 12 months'],
  ['Do you sell my data?', 'does not sell'],
  ['How do I delete my account?', 'Delete account'],
  ['My monitor arrived broken', 'within 3 days'],
  ['How many photos of the damage do you need?', '3 photos'],
  ['You sent me the wrong item', 'wrong item'],
  ['What do I need to pick up my order?', 'order number and a photo ID'],
  ['How long do you hold a pickup order?', '7 days'],
  ['Is recycling free?', 'free of charge'],
  ['What is the interest on monthly payments?', '0% interest'],
  ['How do I set up a router?', 'Connect the router to the modem first'],
]
/** Of those, at least. */
const ENOUGH = 0.9

let assistant: Awaited<ReturnType<typeof openAssistant>>
beforeAll(async () => {
  assistant = await openAssistant()
})
afterAll(() => assistant.close())

test('an answer mostly begins with the sentence that answers', async () => {
  const wrong: string[] = []
  for (const [question, says] of firsts) {
    const { response } = await assistant.ask(question)
    const first = response.split(/(?<=[.!?])\s/)[0] ?? ''
    if (!first.includes(says)) wrong.push(`${question} → ${response.slice(0, 200)}`)
  }
  expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual((1 - ENOUGH) * firsts.length)
})
