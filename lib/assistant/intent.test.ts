import { describe, expect, test } from 'vitest'
import { createIntentReader, readReply } from './intent.ts'

const readIntent = createIntentReader(['Can somebody pick up my order?', 'When are you open?'])

describe('a message is read as', () => {
  test.each([
    ['get me a real person please', 'person'],
    ["this doesn't work, I want to speak with someone from your staff", 'person'],
    ['cho tôi nói chuyện với nhân viên', 'person'],
    ['will someone help me carry the monitor to the car?', 'question'],
    ['somebody else knows my PIN', 'question'],
    ['hello there', 'greeting'],
    ['thx, that was very helpful', 'thanks'],
    ['ok bye, have a nice evening', 'goodbye'],
    ['am I talking to a robot?', 'bot'],
    ['how are you doing today?', 'howAreYou'],
    ['you are no help at all', 'frustration'],
    ['when are you open on Saturday?', 'question'],
    ['?!', 'greeting'],
    ['I do not want to talk to a person', 'declined'],
    ["no, I don't need a human, thanks", 'declined'],
    ['please do not transfer me to anyone', 'declined'],
    ["I don't want to talk to a bot but to a person", 'person'],
    ["I don't have anyone at home for the delivery", 'question'],
  ])('%s → %s', (text, intent) => {
    expect(readIntent(text).intent).toBe(intent)
  })
})

test('courtesies are taken off a question', () => {
  expect(readIntent('Good morning! When are you open? Thanks a lot').rest).toBe('When are you open?')
})

test('who wants no person may still ask something', () => {
  expect(readIntent('I do not want to talk to a person, when are you open?')).toEqual({ intent: 'question', rest: 'when are you open?' })
})

test('a bare yes or no is a reply, a longer sentence is none', () => {
  expect(readReply('Yes, please')).toBe('yes')
  expect(readReply('no thank you')).toBe('no')
  expect(readReply('no, I mean the order that I placed yesterday')).toBeUndefined()
  expect(readReply('ok?')).toBeUndefined()
})
