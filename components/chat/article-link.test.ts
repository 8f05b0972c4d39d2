import { expect, it } from 'vitest'
import { articleLink } from './article-link.ts'

it('leads to pages beside the chat, and to others in a tab of their own', () => {
  expect(articleLink('/knowledge/shipping#costs')).toEqual({ href: '/knowledge/shipping#costs' })
  expect(articleLink('/api/session/a/files/f#page=2')).toEqual({ href: '/api/session/a/files/f#page=2', target: '_blank', rel: 'noopener' })
  expect(articleLink('https://help.example/a')).toMatchObject({ target: '_blank', rel: 'noopener noreferrer nofollow' })
})

it('leads nowhere else', () => {
  for (const url of [undefined, '', '//evil.example', '/\\evil.example', 'javascript:alert(1)', 'knowledge/a']) {
    expect(articleLink(url)).toBeUndefined()
  }
})
