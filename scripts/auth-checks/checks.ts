import { type Answered, createVisitor, raise, type Visitor } from './visitor.ts'

/** What a visitor goes through who browses, signs in, orders and leaves, and what another one sees of it. */

export interface Scene {
  base: string
  credentials: { email: string; pin: string }
  sku: string
  visitor: Visitor
  /** What was asked to be approved. */
  approval?: NonNullable<Answered['approval']>
  /** What the desk said of the order. */
  ordered?: string
}

export type Gate = 'session' | 'identity' | 'approval' | 'order'

export interface Check {
  name: string
  /** Resolves with a detail worth showing; throws what is wrong. */
  run: (scene: Scene) => Promise<string | undefined>
  advice: string
  /** Checks that need it are left out when this one fails. */
  opens?: Gate
  needs?: Gate
}

const ofDialogue = 'The assistant did not do what it should: look at its log, and at the tools of the shop (GET /api/tools).'
const ofShop = 'Is there a shop (SHOP, MCP_SERVER_URL), and is it the one with this customer? Say whose PIN to use with --email and --pin.'
const ofTokens = 'Somebody may be signed in where they should not be. Do not open this desk to others before this is clear.'

export const checks: Check[] = [
  {
    name: 'a session can be begun',
    opens: 'session',
    advice: 'Look at the log of the desk.',
    run: ({ visitor }) => visitor.begin(),
  },
  {
    name: 'a visitor is greeted and asked for e-mail and PIN',
    needs: 'session',
    advice: ofDialogue,
    async run({ visitor }) {
      const { response } = await visitor.say('Hello')
      if (!/e-?mail/i.test(response) || !/\bPIN\b/.test(response)) raise(`the greeting asks for no e-mail and PIN: ${quoted(response)}`)
      return quoted(response)
    },
  },
  {
    name: 'who is not signed in can browse',
    needs: 'session',
    advice: ofDialogue,
    async run({ visitor }) {
      const { response, tool_calls } = await visitor.say('Show me monitors')
      if (!/[A-Z]{3}-\d{4}/.test(response) && !tool_calls?.some(({ status }) => status === 'ok')) raise(`no products: ${quoted(response)}`)
      return quoted(response)
    },
  },
  {
    name: 'who is not signed in cannot order',
    needs: 'session',
    advice: ofTokens,
    async run({ visitor, sku }) {
      const { approval } = await visitor.say(`I want to order ${sku}`)
      if (approval) raise('an order was offered for approval')
      return undefined
    },
  },
  {
    name: 'a wrong PIN signs nobody in',
    needs: 'session',
    advice: ofTokens,
    async run({ visitor, credentials: { email, pin } }) {
      const other = pin === '0001' ? '0002' : '0001'
      await visitor.say(`My email is ${email} and PIN is ${other}`)
      if ((await visitor.look()).is_authenticated) raise('the session is signed in')
      return undefined
    },
  },
  { name: 'e-mail and PIN in the chat sign in', needs: 'session', opens: 'identity', advice: ofShop, run: signsIn },
  { name: 'the PIN is nowhere in the history', needs: 'identity', advice: ofTokens, run: keepsNoPin },
  { name: 'the token from before is void', needs: 'identity', advice: ofTokens, run: rotates },
  { name: 'an order is asked to be approved', needs: 'identity', opens: 'approval', advice: ofDialogue, run: asksApproval },
  { name: 'nobody else can approve it', needs: 'approval', advice: ofTokens, run: othersCannotApprove },
  { name: '"confirm CODE" places it', needs: 'approval', opens: 'order', advice: ofDialogue, run: places },
  { name: 'it can be tracked', needs: 'order', advice: ofDialogue, run: tracks },
  { name: 'another session knows nothing of it', needs: 'identity', advice: ofTokens, run: isolates },
  {
    name: 'it can be taken back',
    needs: 'order',
    advice: 'The order that this check placed still stands: cancel it in the shop.',
    run: takesBack,
  },
  { name: 'signing out leaves nobody signed in', needs: 'identity', advice: ofTokens, run: signsOut },
]

let before = ''

async function signsIn({ visitor, credentials: { email, pin } }: Scene): Promise<string> {
  before = visitor.token()
  const { response } = await visitor.say(`My email is ${email} and PIN is ${pin}`)
  const { is_authenticated, customer_info } = await visitor.look()
  if (!is_authenticated) raise(`the session is not signed in: ${quoted(response)}`)
  return customer_info?.name ?? 'signed in'
}

async function keepsNoPin({ visitor, credentials: { pin } }: Scene): Promise<undefined> {
  const said = (await visitor.look()).history.find(({ content }) => content.includes(pin))
  if (said) raise('it stands in a message')
}

async function rotates({ visitor }: Scene): Promise<string | undefined> {
  if (visitor.token() === before) raise('there is no new token')
  // On the desk's own machine a session opens by its name: there is nothing that a void token could not.
  if (await visitor.opens('')) return 'from this machine sessions open by their names alone'
  if (await visitor.opens(before)) raise('it still opens the session')
  return undefined
}

async function asksApproval(scene: Scene): Promise<string> {
  const { response, approval } = await scene.visitor.say(`I want to order ${scene.sku}`)
  if (!approval) raise(`nothing is to be approved: ${quoted(response)}`)
  if (!response.endsWith(`\nconfirm ${approval.code}`)) raise(`the answer does not end with the line that approves it: ${quoted(response)}`)
  scene.approval = approval
  return approval.summary
}

async function othersCannotApprove({ base, approval }: Scene): Promise<undefined> {
  const other = createVisitor(base)
  await other.begin()
  const { tool_calls } = await other.say(`confirm ${approval?.code}`)
  if (tool_calls?.length) raise('a tool was called for somebody else')
}

async function places(scene: Scene): Promise<string> {
  const { response } = await scene.visitor.say(`confirm ${scene.approval?.code}`)
  if (!/\border\b/i.test(response) || /could not|cannot|not possible|sorry/i.test(response))
    raise(`no order was placed: ${quoted(response)}`)
  scene.ordered = response
  return quoted(response)
}

async function tracks({ visitor }: Scene): Promise<string> {
  const { response } = await visitor.say('Where is my order?')
  if (!/submitted|placed|processing|approved|status/i.test(response)) raise(`its status is not told: ${quoted(response)}`)
  return quoted(response)
}

async function isolates({ base, ordered }: Scene): Promise<undefined> {
  const other = createVisitor(base)
  await other.begin()
  const { response } = await other.say('Show me my orders')
  if ((await other.look()).is_authenticated) raise('a new session is signed in')
  const [id] = /[0-9a-f]{8}-[0-9a-f-]{27}/i.exec(ordered ?? '') ?? []
  if (id !== undefined && response.includes(id)) raise('it shows the order of somebody else')
}

async function takesBack({ visitor, approval }: Scene): Promise<string> {
  const seq = await visitor.lastSeq()
  await visitor.act({ type: 'undo', effect_id: approval?.approval_id })
  const answer = await visitor.answerAfter(seq)
  if (!/cancel|taken back|undone/i.test(answer)) raise(`it was not: ${quoted(answer)}`)
  return quoted(answer)
}

async function signsOut({ visitor }: Scene): Promise<undefined> {
  const { identity } = await visitor.act({ type: 'sign_out' })
  if (identity !== 'out') raise(`the receipt says ${identity ?? 'nothing'}`)
  if ((await visitor.look()).is_authenticated) raise('the session is still signed in')
}

function quoted(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return `"${line.length > 90 ? `${line.slice(0, 89)}…` : line}"`
}
