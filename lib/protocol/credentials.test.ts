import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hear } from './credentials.ts'

const alice = 'alice@example.com'
const awaits = { email: alice }
const card = '[card number removed]'

describe('an e-mail address with a PIN', () => {
  test.each([
    'My email is alice@example.com and PIN is 1234',
    'My email is alice@example.com and my PIN is 1234.',
    'alice@example.com 1234',
    'alice@example.com, 1234',
    'alice@example.com / 1234',
    'alice@example.com:1234',
    'alice@example.com\n1234',
    'Email: alice@example.com\nPIN: 1234',
    'PIN: 1234\nEmail: alice@example.com',
    '1234, alice@example.com',
    '1234 is the PIN for alice@example.com',
    "I'm alice@example.com and my pin's 1234",
    'alice@example.com pin=1234',
    'alice@example.com PIN-1234',
    'alice@example.com, PIN: 1-2-3-4',
    'alice@example.com pin 1 2 3 4',
    'alice@example.com pin 12 34',
    'Hi, it is alice@example.com here and the code is 1234, thanks',
    'Can you sign me in? alice@example.com - my secret number would be this one: 1234',
    'please log in alice@example.com with 1234 and show me my orders',
    'The PIN you mailed me is 1234, my address alice@example.com',
    'Email alice@example.com, mật khẩu là 1234',
    'Email của tôi là alice@example.com và mã PIN là 1234',
    'tài khoản alice@example.com mật mã của em là 1234 ạ',
    'Meine E-Mail ist alice@example.com und meine PIN lautet 1234',
    'Ich heiße Alice, alice@example.com, Geheimzahl: 1234',
    'Mon adresse est alice@example.com et mon code PIN est le 1234',
    'alice@example.com, code secret : 1234, merci',
    'Mi correo es alice@example.com y mi PIN es 1234',
    'alice@example.com y la clave es 1234 por favor',
    'alice@example.com １２３４',
    'alice@example.com ＰＩＮ：１２３４',
    'alice@example.com PIN 1\u200b2\u200b3\u200b4',
    'alice@example.com PIN 1\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e34\ufe0f\u20e3',
    'alice@example.com PIN ١٢٣٤',
    'order 5678 is mine. My email is alice@example.com and PIN is 1234',
    '/translate text="my mail is alice@example.com, my pin is 1234"',
  ])('%j', (text) => {
    const heard = hear(text)
    expect(heard.credentials).toEqual({ email: alice, pin: '1234' })
    expect(digitsOf(heard.text)).not.toContain('1234')
    expect(heard.text).toContain('••••')
  })

  test('is of the address beside it', () => {
    expect(hear('not bob@example.com but alice@example.com, 1234').credentials?.email).toBe(alice)
  })

  test('keeps the address as it was written', () => {
    expect(hear('Alice.O’Neil@Example.com PIN 1234').credentials?.email).toMatch(/@Example\.com$/)
    expect(hear('alice1234@example.com PIN 1234')).toEqual({
      text: 'alice••••@example.com PIN ••••',
      credentials: { email: 'alice1234@example.com', pin: '1234' },
    })
  })
})

describe('a PIN alone, where one was asked for', () => {
  test.each([
    '1234',
    ' 1234 ',
    '1234.',
    '"1234"',
    "it's 1234",
    'It is 1234!',
    'PIN 1234',
    'ok, here you go: 1234',
    'sure, 1234 please',
    '1 2 3 4',
    '1-2-3-4',
    '1.2.3.4',
    '1234 1234',
    'là 1234 ạ',
    'mật khẩu 1234',
    'Die 1234 bitte',
    'c’est le 1234',
    'es el 1234, gracias',
    '１２３４',
    'oh wait 1234',
  ])('%j', (text) => {
    const heard = hear(text, awaits)
    expect(heard.credentials).toEqual({ email: alice, pin: '1234' })
    expect(digitsOf(heard.text)).not.toContain('1234')
  })

  test('may be a year', () => {
    expect(hear('1990', awaits).credentials?.pin).toBe('1990')
    expect(hear("it's 2024", awaits).credentials?.pin).toBe('2024')
  })

  test('is of another address, if one is named', () => {
    expect(hear('bob@example.com 1234', awaits).credentials?.email).toBe('bob@example.com')
  })
})

describe('numbers that are no PIN', () => {
  test.each([
    'the order from 2024',
    'Do you have a 1920x1080 monitor?',
    'It cost $1234',
    'It cost 1234 dollars',
    'I paid 1234€ for it',
    'giá 1234 nghìn',
    'MON-0054',
    'I want to order MON-0054',
    'What about order 1234?',
    'ORD-1234-5678 has not arrived',
    'I bought it on 2024-05-06',
    'on 06/05/2024 I asked the same',
    'Call me at 0912 345 678',
    'Do you have an LGA 1700 board with 1718 pins?',
    'a 1700-pin socket',
    'the RTX 4090 and the i7-1370',
    'ping 10.0.12.34',
    'version 1.2.3.4 of the firmware',
    'It is 12:34 now',
    'I have 1 monitor, 2 mice, 3 cables and 4 fans',
    'I forgot my PIN',
    'My PIN does not work. I ordered in 2024.',
    'confirm please',
    'confirm the order',
    'my address is 1234 Main Street',
  ])('%j', (text) => {
    expect(hear(text)).toEqual({ text })
    expect(hear(text, awaits)).toEqual({ text })
  })

  test.each([
    'alice@example.com ordered MON-0054',
    'alice@example.com, the order from 2024',
    'alice@example.com has paid 1234 dollars',
    'alice@example.com 1920x1080',
    'alice@example.com wants $1234 back',
    'alice@example.com lives at 1234 Main Street',
    'I am alice@example.com and I bought a laptop in 2023',
  ])('%j', (text) => {
    expect(hear(text)).toEqual({ text })
  })
})

describe('what is redacted, though nobody signs in with it', () => {
  test.each([
    ['my PIN is 1234', 'my PIN is ••••'],
    ['My PIN is 1234, yes 1234', 'My PIN is ••••, yes ••••'],
    ['my PIN is 1234, that is 1-2-3-4 or 12 34', 'my PIN is ••••, that is •••• or ••••'],
    ['1234 is my PIN', '•••• is my PIN'],
    ['the PIN 123456 was refused', 'the PIN •••• was refused'],
    ['mã PIN: 1234', 'mã PIN: ••••'],
    ['4111 1111 1111 1111', card],
    ['my card 4111-1111-1111-1111, exp 12/27', `my card ${card}, exp 12/27`],
    ['4111111111111111', card],
    ['4111 - 1111 - 1111 - 1111', card],
    ['4111_1111_1111_1111', card],
    ["my password's 7243", "my password's ••••"],
    ['mein Passwort ist 7243', 'mein Passwort ist ••••'],
    ['mon mot de passe est 7243', 'mon mot de passe est ••••'],
    ['mi clave es 7243', 'mi clave es ••••'],
    ['mi contraseña es 7243', 'mi contraseña es ••••'],
    ['my security code is 7243', 'my security code is ••••'],
    ['3782 822463 10005', card],
    ['４１１１ １１１１ １１１１ １１１１', card],
    ['4111\u200b1111\u200b1111\u200b1111', card],
    ['pay with 5555.5555.5555.4444 please', `pay with ${card} please`],
    ['please confirm ABC234 now', 'please confirm •••••• now'],
  ])('%j', (text, safe) => expect(hear(text)).toEqual({ text: safe }))

  test.each(['4111 1111 1111 1112', '1234567890123456', 'tracking 00340434161094042557', '2024-01-01 12:34:56', 'IMG_20240101_123456.jpg'])(
    'but not %j',
    (text) => expect(hear(text)).toEqual({ text }),
  )
})

describe('the code of an approval', () => {
  test.each(['confirm ABC234', 'Confirm abc234', ' CONFIRM  ABC234. ', '`confirm ABC234`', 'confirm: ABC234', 'confirm ＡＢＣ２３４'])(
    '%j',
    (text) => {
      expect(hear(text)).toEqual({ text: 'confirm ••••••', confirms: 'ABC234' })
    },
  )
  test.each(['confirm change', 'confirm 234567', 'confirm ABC2345', 'confirmABC234'])('is not in %j', (text) => {
    expect(hear(text)).toEqual({ text })
  })
})

describe('for every message', () => {
  const pin = fc.stringMatching(/^\d{4}$/)
  const noise = fc.string({ unit: fc.constantFrom(...'abz ,.;:-/\n@•é０9#$%xĐ\u200b'), maxLength: 40 })

  test('a PIN that was used is nowhere in what is kept', () => {
    fc.assert(
      fc.property(noise, pin, noise, fc.constantFrom('', ' ', '-', '\u200b'), (before, digits, after, gap) => {
        const { text, credentials } = hear(
          `${before} my email is ${alice} and my PIN is ${[...digits].join(gap)} and ${after} ${digits}`,
          awaits,
        )
        if (credentials) expect(digitsOf(text)).not.toContain(credentials.pin)
        return credentials !== undefined
      }),
    )
  })

  test('hearing twice finds nothing more to take out', () => {
    fc.assert(
      fc.property(fc.oneof(noise, fc.string({ unit: 'grapheme', maxLength: 60 })), pin, (around, digits) => {
        const { text } = hear(`${around} ${alice} PIN ${digits} ${around}`)
        expect(hear(text)).toEqual({ text })
      }),
    )
  })

  test('what holds no digit is left as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        if (!/\p{N}/u.test(text)) expect(hear(text, awaits)).toEqual({ text })
      }),
    )
  })

  test('what is not redacted stands as it stood', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (around) => {
        const { text } = hear(`${around}|my PIN is 7351|${around}`)
        if (!/\p{N}/u.test(around)) expect(text).toBe(`${around}|my PIN is ••••|${around}`)
      }),
    )
  })

  test.each([
    ['digits', '1'],
    ['spaced digits', '1 '],
    ['addresses', 'a@b.co '],
    ['signs of addresses', 'a@'],
    ['long domains', `@${'a.'.repeat(90)}`],
    ['the word', 'pin '],
    ['the word and digits', 'pin 1234 '],
    ['different PINs', Array.from({ length: 900 }, (_, at) => `pin ${1000 + at} `).join('')],
    ['card numbers', '4111 1111 1111 1111 '],
    ['codes', 'confirm '],
    ['quotes', 'confirm """""""""'],
    ['full-width digits', '１'],
    ['marks', 'a\u0301\u0302\u0303'],
  ])('of 16,000 characters, %s are read to the end', (_, piece) => {
    // A pattern that backtracks would not come back before the runner gives up.
    const text = piece.repeat(Math.ceil(16_000 / piece.length)).slice(0, 16_000)
    for (const known of [undefined, awaits]) expect(hear(text, known).text).toEqual(expect.any(String))
  })
})

/** The digits of a text, of all kinds, whatever stands between them but letters. */
function digitsOf(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[٠-٩]/g, (digit) => String((digit.codePointAt(0) ?? 0) - 0x660))
    .replaceAll(/[^\p{L}\p{N}•]/gu, '')
}
