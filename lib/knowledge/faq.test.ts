import { expect, test } from 'vitest'
import { readFaq } from './faq.ts'

test('marked questions and answers, several wordings to one answer, with and without empty lines', () => {
  const text = 'Q: Open on Sunday?\nQ: Sunday hours?\nA: No.\nMonday to Friday.\n\nFrage 2: Gibt es WLAN?\nAntwort: Ja.'
  expect(readFaq(text)).toEqual([
    { questions: ['Open on Sunday?', 'Sunday hours?'], answer: 'No.\nMonday to Friday.' },
    { questions: ['Gibt es WLAN?'], answer: 'Ja.' },
  ])
})

test('questions that are lines of their own, numbered or not', () => {
  const text = '1. Do you have parking?\nYes. Still no space?\nTry the street.\n\n2) Can I pay by card?\nYes.'
  expect(readFaq(text)).toEqual([
    { questions: ['Do you have parking?'], answer: 'Yes. Still no space?\nTry the street.' },
    { questions: ['Can I pay by card?'], answer: 'Yes.' },
  ])
})

test('a text that only asks something is no FAQ', () => {
  expect(readFaq('Our story\n\nWho are we?\nA small shop.\n\nWhy?\nFor fun.')).toEqual([])
  expect(readFaq('Need help?\nCall us at any time.')).toEqual([])
})
