import { texts } from './texts.ts'

/** How times are written for one visitor: where they are and how they are used to read them. */
export interface Clock {
  /** The time of day, e.g. `2:05 PM` or `14:05`. */
  time: (iso: string) => string
  /** A day by its distance from `now`: today, yesterday, or its date. */
  day: (iso: string, now: Date) => string
  /** Date and time, to be read. */
  moment: (iso: string) => string
  /** Time and date, for the record. */
  full: (iso: string) => string
  /** Names the day, so that two times can be compared. */
  dayKey: (iso: string) => string
}

/** Days are counted where the visitor is; `timeZone` is the browser's unless given. */
export function createClock(locale: string, timeZone?: string): Clock {
  const zone = timeZone === undefined ? {} : { timeZone }
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, ...zone })
  const time = format({ hour: 'numeric', minute: '2-digit' })
  const key = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', ...zone })
  const thisYear = format({ weekday: 'long', day: 'numeric', month: 'long' })
  const otherYear = format({ day: 'numeric', month: 'long', year: 'numeric' })
  const moment = format({ dateStyle: 'medium', timeStyle: 'short' })
  const full = format({ dateStyle: 'medium', timeStyle: 'medium' })
  const dayKey = (iso: string | Date) => key.format(new Date(iso))

  return {
    time: (iso) => time.format(new Date(iso)),
    day(iso, now) {
      const day = dayKey(iso)
      if (day === dayKey(now)) return texts.today
      if (day === dayBefore(dayKey(now))) return texts.yesterday
      return (day.slice(0, 4) === dayKey(now).slice(0, 4) ? thisYear : otherYear).format(new Date(iso))
    },
    moment: (iso) => moment.format(new Date(iso)),
    full: (iso) => full.format(new Date(iso)),
    dayKey,
  }
}

/** The day before a day, both YYYY-MM-DD. By the calendar: days of 23 and 25 hours are days too. */
function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - 1)
  return date.toISOString().slice(0, 10)
}

/** A date without a time, YYYY-MM-DD, written out. What is no such date is shown as it is. */
export function writtenDate(day: string, locale = 'en'): string {
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return day
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(date)
}

/** The English that a visitor reads, or plain English: the texts are English, so the dates must be. */
export function localeOf(languages: readonly string[]): string {
  return languages.find((language) => /^en\b/i.test(language)) ?? 'en'
}
