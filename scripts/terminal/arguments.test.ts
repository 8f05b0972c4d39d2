import { expect, it } from 'vitest'
import { deskOrigin } from './arguments.ts'
import { createStyle, showsColour } from './style.ts'

it.each([
  ['http://localhost:8000', 'http://localhost:8000'],
  ['localhost:8000', 'http://localhost:8000'],
  ['desk.example.com', 'http://desk.example.com'],
  ['ws://127.0.0.1:8000/ws/chat', 'http://127.0.0.1:8000'],
  ['WSS://desk.example.com', 'https://desk.example.com'],
  ['https://desk.example.com/some/page', 'https://desk.example.com'],
  ['ftp://desk.example.com', undefined],
  ['http://', undefined],
])('reads %s as the desk at %s', (given, origin) => {
  expect(deskOrigin(given)).toBe(origin)
})

it('colours only where a terminal shows it and nobody minds', () => {
  expect(showsColour({ isTTY: true }, {})).toBe(true)
  expect(showsColour({ isTTY: true }, { NO_COLOR: '1' })).toBe(false)
  expect(showsColour({ isTTY: true }, { TERM: 'dumb' })).toBe(false)
  expect(showsColour({}, {})).toBe(false)
  expect(createStyle(true).red('stop')).toBe('\x1b[31mstop\x1b[39m')
  expect(createStyle(false).red('stop')).toBe('stop')
})
