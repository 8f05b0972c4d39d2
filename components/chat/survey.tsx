import { useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CommentField } from '#components/ui/comment-field.tsx'
import { useChat } from './chat-context.ts'
import { Grades } from './grades.tsx'
import { texts } from './texts.ts'

interface SurveyProps {
  due: boolean
  grade: number | undefined
  /** The conversation has ended: the grade that it got stands at its end. */
  closed: boolean
}

/** How the conversation was: a grade at once, and a comment if there is more to say. A comment settles it. */
export function Survey({ due, grade, closed }: SurveyProps) {
  const { act, rest } = useChat()
  const [comment, setComment] = useState('')
  const [gradedHere, setGradedHere] = useState(false)
  const [done, setDone] = useState(false)
  const id = useId()

  async function rate(rating: number): Promise<void> {
    if (await act({ type: 'feedback', rating })) setGradedHere(true)
  }

  async function sendComment(): Promise<void> {
    const said = comment.trim()
    if (said === '' || grade === undefined) return finish()
    if (await act({ type: 'feedback', rating: grade, comment: said })) finish()
  }

  function finish(): void {
    setDone(true)
    rest()
  }

  const asking = due || (gradedHere && !done)
  if (grade !== undefined && (done || (closed && !asking))) {
    return (
      <p role="status" className="px-4 text-center text-sm text-muted">
        {texts.surveyThanks(grade)}
      </p>
    )
  }
  if (!asking || done) return null
  return (
    <form
      aria-labelledby={`${id}-title`}
      className="animate-appear rounded-bubble border border-line bg-raised p-4 sm:p-6"
      onSubmit={(event) => {
        event.preventDefault()
        void sendComment()
      }}
    >
      <h2 id={`${id}-title`} className="text-base font-semibold">
        {texts.surveyTitle}
      </h2>
      <Grades chosen={grade} onChoose={(rating) => void rate(rating)} />
      {grade !== undefined && (
        <>
          <label htmlFor={id} className="mt-4 block text-sm font-medium">
            {texts.surveyComment}
          </label>
          <CommentField id={id} value={comment} onChange={setComment} />
        </>
      )}
      <div className="mt-3 flex justify-end gap-2">
        <Button look="quiet" onClick={finish}>
          {grade === undefined ? texts.notNow : texts.close}
        </Button>
        {grade !== undefined && (
          <Button look="primary" type="submit" disabled={comment.trim() === ''}>
            {texts.sendComment}
          </Button>
        )}
      </div>
    </form>
  )
}
