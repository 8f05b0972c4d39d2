import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(2000, 7)])

describe('the files of a session', () => {
  let desk: DeskProcess
  beforeAll(async () => {
    desk = await startDesk()
  })
  afterAll(() => desk.dispose())

  const send = (session: string, body: BodyInit, query = '?name=screen.png') =>
    fetch(`${desk.url}/api/session/${session}/files${query}`, { method: 'POST', body })
  const act = (session: string, action: object) =>
    fetch(`${desk.url}/api/session/${session}/actions`, { method: 'POST', body: JSON.stringify(action) })

  it('are sent as they are, and given back as what they are', async () => {
    const response = await send('files-1', png)
    expect(response.status).toBe(201)
    const sent = await response.json()
    expect(sent).toMatchObject({ name: 'screen.png', media_type: 'image/png', size: png.length })
    const got = await fetch(`${desk.url}${sent.url}`)
    expect(Buffer.from(await got.arrayBuffer()).equals(png)).toBe(true)
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': "inline; filename*=UTF-8''screen.png",
      'x-content-type-options': 'nosniff',
      'cache-control': expect.stringContaining('private'),
    })
  })

  it('are sent as the field of a form', async () => {
    const form = new FormData()
    form.set('file', new File([png], 'tên tệp.png', { type: 'text/html' }))
    const response = await send('files-2', form, '')
    expect(await response.json()).toMatchObject({ name: 'tên tệp.png', media_type: 'image/png', size: png.length })
    const other = new FormData()
    other.set('picture', 'none')
    expect((await send('files-2', other, '')).status).toBe(400)
  })

  it('are named by a message, which is answered', async () => {
    const { file_id } = await (await send('files-3', png)).json()
    expect((await act('files-3', { type: 'message', attachments: [file_id] })).status).toBe(200)
    await expect
      .poll(async () => (await (await fetch(`${desk.url}/api/session/files-3/events`)).json()).events, { timeout: 5000 })
      .toMatchObject([
        { role: 'visitor', content: '', attachments: [{ file_id, media_type: 'image/png' }] },
        { role: 'assistant', status: 'complete' },
      ])
    const strange = await act('files-other', { type: 'message', text: 'Look', attachments: [file_id] })
    expect(strange.status).toBe(400)
    expect(await strange.json()).toMatchObject({ error: { code: 'invalid', message: expect.stringContaining(file_id) } })
  })

  it.each<[string, BodyInit, number]>([
    ['nothing', '', 400],
    ['another kind', '<svg onload="alert(1)">', 400],
    ['more than 10 MB', Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]), 413],
  ])('are refused when they are %s', async (_, body, status) => {
    const response = await send('files-4', body)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { code: expect.any(String), retryable: false } })
  })

  it('are for their session alone, and gone with it', async () => {
    const { url } = await (await send('files-5', png)).json()
    expect((await fetch(`${desk.url}${url.replace('files-5', 'files-6')}`)).status).toBe(404)
    const folders = () => readdirSync(join(desk.dataDir, 'files')).length
    const before = folders()
    await fetch(`${desk.url}/api/reset/files-5`, { method: 'DELETE' })
    expect(folders()).toBe(before - 1)
    expect((await fetch(`${desk.url}${url}`)).status).toBe(404)
  })
})
