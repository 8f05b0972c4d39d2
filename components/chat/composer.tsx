import { type KeyboardEvent, type RefObject, useEffect, useId, useRef } from 'react'
import { classes } from '#components/ui/classes.ts'
import type { StoredMessage } from '#lib/protocol/events.ts'
import { useChat } from './chat-context.ts'
import { CommandMenu, optionId } from './command-menu.tsx'
import type { CommandEntry } from './commands.ts'
import { ComposerButtons } from './composer-buttons.tsx'
import { wishOf } from './composer-keys.ts'
import { Editing } from './editing.tsx'
import { LengthNote } from './length-note.tsx'
import { lengthOf } from './message-length.ts'
import { PendingFiles } from './pending-files.tsx'
import { texts } from './texts.ts'
import { useAttachments } from './use-attachments.ts'
import { useCommandMenu } from './use-command-menu.ts'
import { useDraft } from './use-draft.ts'
import { useFileDrop } from './use-file-drop.ts'
import { useGrowingField } from './use-growing-field.ts'

interface ComposerProps {
  field: RefObject<HTMLTextAreaElement | null>
  /** Something is being answered and can be stopped. */
  busy: boolean
  closed: boolean
  /** Files may be attached. */
  takesFiles: boolean
  /** The message that is being said in other words. */
  editing: StoredMessage | undefined
  /** It was, or is left as it was. */
  onEdited: () => void
  /** The visitor's last own words, to be taken up again. */
  last: string | undefined
}

/** Where the visitor writes. */
export function Composer({ field, busy, closed, takesFiles, editing, onEdited, last }: ComposerProps) {
  const { say, act, notify } = useChat()
  const [draft, write] = useDraft(field)
  const menu = useCommandMenu(draft)
  const menuId = useId()
  const attachments = useAttachments(notify)
  const chooser = useRef<HTMLInputElement>(null)
  const { over, ...drop } = useFileDrop(takesFiles, attachments.add)
  useGrowingField(field, draft)
  const length = lengthOf(draft)
  const tooLong = length !== undefined && 'over' in length
  const menuOpen = menu.entries.length > 0

  /** What was being written before. */
  const before = useRef('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each message that is taken up.
  useEffect(() => {
    if (!editing) return
    before.current = draft
    write(editing.content)
    field.current?.focus()
  }, [editing])

  function leaveEditing(): void {
    write(before.current)
    onEdited()
    field.current?.focus()
  }

  async function change(message_id: string, text: string): Promise<void> {
    const done = text === editing?.content || (await act({ type: 'edit', message_id, text, client_msg_id: crypto.randomUUID() }))
    if (done) leaveEditing()
  }

  function send(text: string): void {
    if (editing) {
      if (text.trim() !== '' && !tooLong) void change(editing.message_id, text.trim())
      return
    }
    const files = attachments.ready
    if (!files || (text.trim() === '' && files.length === 0) || tooLong) return
    say(text.trim(), files)
    attachments.clear()
    write('')
    field.current?.focus()
  }

  function stop(): void {
    void act({ type: 'stop' })
    field.current?.focus()
  }

  function take({ usage, begins }: CommandEntry): void {
    if (begins === undefined) send(usage)
    else write(begins)
    field.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    const { key, shiftKey, altKey, keyCode, nativeEvent } = event
    const composing = nativeEvent.isComposing || keyCode === 229
    if (editing && key === 'Escape' && !composing && !menuOpen) {
      event.preventDefault()
      leaveEditing()
      return
    }
    if (menuOpen && !composing && menu.move(key)) {
      event.preventDefault()
      return
    }
    const wish = wishOf({ key, shiftKey, altKey, composing }, { empty: draft === '', menuOpen, busy })
    if (wish === undefined || (wish === 'recall' && last === undefined)) return
    event.preventDefault()
    if (wish === 'send') send(draft)
    else if (wish === 'take' && menu.chosen) take(menu.chosen)
    else if (wish === 'complete' && menu.chosen) write(menu.chosen.begins ?? menu.chosen.usage)
    else if (wish === 'close menu') menu.close()
    else if (wish === 'stop') stop()
    else if (wish === 'recall') write(last ?? '')
  }

  return (
    <form
      className={classes('relative', over && 'rounded-bubble outline-2 outline-offset-4 outline-accent outline-dashed')}
      {...drop}
      onSubmit={(event) => {
        event.preventDefault()
        send(draft)
      }}
    >
      <CommandMenu id={menuId} menu={menu} onTake={take} />
      {takesFiles && (
        <input
          ref={chooser}
          type="file"
          hidden
          multiple
          accept="image/png,image/jpeg,image/gif,image/webp,application/pdf"
          onChange={({ target }) => {
            attachments.add(target.files ?? [])
            target.value = ''
          }}
        />
      )}
      {editing && <Editing onLeave={leaveEditing} />}
      <PendingFiles files={attachments.files} onRemove={attachments.remove} />
      <div className="flex items-end gap-1 rounded-bubble border border-muted/40 bg-raised p-1.5 transition-colors duration-100 focus-within:border-accent focus-within:ring-1 focus-within:ring-accent forced-colors:focus-within:outline">
        <textarea
          ref={field}
          id="composer"
          dir="auto"
          rows={1}
          value={draft}
          enterKeyHint="send"
          autoComplete="off"
          placeholder={closed ? texts.placeholderClosed : texts.placeholder}
          aria-label={texts.composer}
          aria-describedby={`${menuId}-keys`}
          aria-autocomplete="list"
          aria-controls={menuOpen ? menuId : undefined}
          aria-activedescendant={menuOpen ? optionId(menuId, menu.active) : undefined}
          aria-invalid={tooLong}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-[calc(8*1.5rem+0.75rem)] min-h-9 min-w-0 flex-1 resize-none bg-transparent px-2.5 py-1.5 text-base outline-none placeholder:text-muted touch:min-h-11 touch:py-2.5"
        />
        <ComposerButtons
          busy={busy}
          empty={draft.trim() === '' && attachments.files.length === 0}
          sendable={!tooLong && attachments.ready !== undefined}
          onAttach={takesFiles && !editing ? () => chooser.current?.click() : undefined}
          onCommands={() => {
            write('/')
            field.current?.focus()
          }}
          onStop={stop}
        />
      </div>
      <span id={`${menuId}-keys`} className="sr-only">
        {texts.keys}
      </span>
      <span role="status" className="sr-only">
        {menuOpen && texts.commandsFound(menu.entries.length)}
      </span>
      <LengthNote length={length} />
    </form>
  )
}
