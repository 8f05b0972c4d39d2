import type { EditAction, SendAction } from '#lib/protocol/actions.ts'
import { DeskError } from '#lib/protocol/errors.ts'
import type { Attachment, MessageEntry, StoredEvent, StoredMessage } from '#lib/protocol/events.ts'
import { isFinalAnswer } from '#lib/protocol/state.ts'
import { partial, question, reopening, replaced, type Said } from './entries.ts'
import type { Bus, Ids, OpenTurn, Transaction } from './ports.ts'
import { closeTurn, runningAnswer, write } from './record.ts'
import { type Route, route } from './routing.ts'

/**
 * How questions begin turns and end those before them, inside the transaction of the verb.
 *
 *   a message       joins an answer of which nothing was shown; ends one of which something was, and is answered with
 *                   what that one had to answer
 *   an edit         takes the last message back, with its answer or its turn, and is a message then
 *   a regeneration  takes the last answer back, and opens its turn again
 */

/** What a verb did, and what follows from it once it is on the disk. */
export interface Change<V = StoredMessage> {
  events: StoredEvent[]
  /** Turns that ended with this change. */
  closed?: OpenTurn[]
  /** Turns that begin with it. */
  opened?: OpenTurn[]
  value?: V
}

/** A change that leaves questions without an answer. */
interface Opening {
  events: StoredEvent[]
  open: string[]
  closed: OpenTurn[]
}

/** Messages in which the last question and its answer are looked for: what stands between them are a few commands. */
const RECENT = 50
const nothing: Opening = { events: [], open: [], closed: [] }

export function createAsking({ bus, isCommand, ids }: { bus: Bus; isCommand: (name: string) => boolean; ids: Ids }) {
  /** Takes a message in. One that came before under its name is the `value`, and nothing happens. */
  async function send(tx: Transaction, said: Said & Pick<SendAction, 'attachments'>): Promise<Change> {
    const known = await sentBefore(tx, said.client_msg_id)
    if (known) return { value: known, events: [] }
    const message = question(ids.message(), said, await sent(tx, said.attachments ?? []))
    return take(tx, message, route(said.text, tx.session, isCommand), nothing)
  }

  /** Takes in a message that an effect turn will answer. */
  async function note(tx: Transaction, said: Said): Promise<{ message: string; events: StoredEvent[] }> {
    const message = question(ids.message(), said)
    return { message: message.message_id, events: await write(tx, ...reopening(tx.session), message) }
  }

  /** Throws `conflict` for a message that is not the visitor's last. */
  async function edit(tx: Transaction, { message_id, ...said }: Said & Pick<EditAction, 'message_id'>): Promise<Change> {
    const known = await sentBefore(tx, said.client_msg_id)
    if (known) return { value: known, events: [] }
    const recent = await tx.latestMessages(RECENT)
    const last = recent.findLast(({ role }) => role === 'visitor')
    if (last?.message_id !== message_id) throw new DeskError('conflict', 'Only the last message can be changed.')
    // Before anything is ended: a command that does not exist changes nothing.
    const way = route(said.text, tx.session, isCommand)
    return take(tx, question(ids.message(), said, last.attachments), way, await takeBack(tx, last, recent))
  }

  /** Throws `conflict` where the last thing said is not an answer. */
  async function regenerate(tx: Transaction): Promise<Change> {
    if (runningAnswer(tx.session)) throw new DeskError('conflict', 'An answer is being written.')
    if (tx.session.status === 'human') throw new DeskError('conflict', 'A person answers now.')
    const recent = await tx.latestMessages(RECENT)
    const last = recent.findLast((message) => message.role === 'visitor' || isFinalAnswer(message))
    if (!last?.in_reply_to?.length) throw new DeskError('conflict', 'There is no answer to be written anew.')
    const events = await write(tx, ...reopening(tx.session), replaced(last.message_id))
    return { events, opened: [openTurn(tx, 'answer', last.in_reply_to)] }
  }

  /** The files that go with a message, in its order. Throws `invalid` for one that is not in the session. */
  async function sent(tx: Transaction, named: string[]): Promise<Attachment[]> {
    const files = await tx.files(named)
    return [...new Set(named)].map((id) => {
      const file = files.find(({ file_id }) => file_id === id)
      if (!file) throw new DeskError('invalid', `attachments: there is no file ${id} in this session`)
      return file
    })
  }

  async function sentBefore(tx: Transaction, client_msg_id: string | undefined): Promise<StoredMessage | undefined> {
    return client_msg_id === undefined ? undefined : tx.messageByClientId(client_msg_id)
  }

  /** Writes a message and opens its turn, and that of the questions which are `before` it without an answer. */
  async function take(tx: Transaction, message: MessageEntry, way: Route, before: Opening): Promise<Change> {
    const superseded = way === 'assistant' ? await endShownAnswer(tx) : nothing
    const { message_id } = message
    const events = await write(tx, ...reopening(tx.session), message)
    const open = [...superseded.open, ...before.open]
    const opened: OpenTurn[] = []
    if (way === 'assistant') opened.push(ask(tx, [...open, message_id]))
    else if (open.length > 0) opened.push(ask(tx, open))
    if (way === 'command') opened.push(openTurn(tx, 'command', [message_id]))
    return {
      events: [...before.events, ...superseded.events, ...events],
      closed: [...before.closed, ...superseded.closed],
      opened,
    }
  }

  /** Undoes the last message: its turn ends, or its answer no longer stands. What was asked beside it is open again. */
  async function takeBack(tx: Transaction, last: StoredMessage, recent: StoredMessage[]): Promise<Opening> {
    const others = (questions: string[]) => questions.filter((id) => id !== last.message_id)
    const turn = tx.session.turns.find(({ questions }) => questions.includes(last.message_id))
    if (turn) {
      const ended = turn.shown ? await endAnswer(tx, turn, 'superseded') : drop(tx, turn)
      return { ...ended, events: [...ended.events, ...(await write(tx, replaced(last.message_id)))], open: others(turn.questions) }
    }
    const answer = recent.findLast((message) => isFinalAnswer(message) && message.in_reply_to?.includes(last.message_id))
    const events = await write(tx, replaced(last.message_id), ...(answer ? [replaced(answer.message_id)] : []))
    return { events, open: others(answer?.in_reply_to ?? []), closed: [] }
  }

  /** An answer of which something was shown ends before the new question; what it had to answer is asked again. */
  async function endShownAnswer(tx: Transaction): Promise<Opening> {
    const running = runningAnswer(tx.session)
    if (!running?.shown) return nothing
    return { ...(await endAnswer(tx, running, 'superseded')), open: running.questions }
  }

  /** Questions join an answer that has not shown anything yet: its next attempt answers all of them. */
  function ask(tx: Transaction, asked: string[]): OpenTurn {
    const running = runningAnswer(tx.session)
    if (!running) return openTurn(tx, 'answer', asked)
    running.questions.push(...asked)
    running.attempt += 1
    running.messageId = ids.message()
    return structuredClone(running)
  }

  function openTurn({ session }: Transaction, lane: OpenTurn['lane'], questions: string[], effect?: OpenTurn['effect']): OpenTurn {
    const { holderVersion } = session
    const begun = { id: ids.turn(), lane, questions, attempt: 1, crashes: 0, messageId: ids.message(), holderVersion }
    const turn: OpenTurn = effect ? { ...begun, effect } : begun
    session.turns.push(turn)
    return structuredClone(turn)
  }

  /** Has something that the visitor approved carried out; `asked` is the message that approved it, where one did. */
  function carryOut(tx: Transaction, effect: NonNullable<OpenTurn['effect']>, asked: string[] = []): OpenTurn {
    return openTurn(tx, 'effect', asked, effect)
  }

  /** Ends the running answer for a person who takes over. What nothing was shown of leaves no trace: its question is theirs now. */
  async function yieldTo(tx: Transaction): Promise<{ events: StoredEvent[]; closed: OpenTurn[] }> {
    const running = runningAnswer(tx.session)
    if (!running) return { events: [], closed: [] }
    return running.shown ? endAnswer(tx, running, 'stopped') : drop(tx, running)
  }

  function drop(tx: Transaction, turn: OpenTurn): { events: StoredEvent[]; closed: OpenTurn[] } {
    closeTurn(tx.session, turn)
    return { events: [], closed: [turn] }
  }

  /** Ends a running answer where it stands. */
  async function endAnswer(tx: Transaction, running: OpenTurn, status: 'stopped' | 'superseded') {
    const said = (await bus.seal(tx.session.key, running.messageId)) ?? running.shown
    closeTurn(tx.session, running)
    return { events: await write(tx, partial(running, status, said)), closed: [running] }
  }

  return { send, note, edit, regenerate, endAnswer, yieldTo, carryOut }
}
