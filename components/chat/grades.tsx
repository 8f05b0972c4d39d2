import { classes } from '#components/ui/classes.ts'
import { texts } from './texts.ts'

interface GradesProps {
  chosen: number | undefined
  onChoose: (grade: number) => void
}

/** The grades 1 to 5, each with its word. */
export function Grades({ chosen, onChoose }: GradesProps) {
  return (
    <fieldset className="mt-3 grid grid-cols-5 gap-1.5 sm:gap-2">
      <legend className="sr-only">{texts.surveyLegend}</legend>
      {texts.grades.map((word, index) => {
        const grade = index + 1
        const look = chosen === grade ? 'border-accent bg-accent text-on-accent' : 'border-line bg-surface hover:border-muted/60'
        return (
          <button
            key={word}
            type="button"
            aria-pressed={chosen === grade}
            onClick={() => onChoose(grade)}
            className={classes(
              'flex min-h-14 flex-col items-center justify-center rounded-field border px-0.5 transition-colors duration-100',
              look,
            )}
          >
            <span className="text-base font-semibold tabular-nums">{grade}</span>
            <span className="text-[0.6875rem]/4 sm:text-xs">{word}</span>
          </button>
        )
      })}
    </fieldset>
  )
}
