import { attachment } from '../events.ts'
import { fileQuery, fileSent } from '../http.ts'
import type { Operation } from './operation.ts'

const types = attachment.shape.media_type.options
const sent = {
  file_id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  name: 'cracked-screen.png',
  media_type: 'image/png',
  size: 48_213,
  url: '/api/session/user-123/files/7c9e6679-7425-40de-944b-e07fc1f90ae7',
}

export const sendFile: Operation = {
  id: 'sendFile',
  method: 'post',
  path: '/api/session/{session_id}/files',
  summary: 'Send a file',
  description:
    'A picture (PNG, JPEG, GIF, WebP) or a PDF of at most 10 MB, as the body itself or as the field `file` of a form. ' +
    'What it is is seen from its bytes. Nothing is said by that yet: a message names it in `attachments`. May begin a session.',
  access: 'session',
  query: fileQuery,
  queryExample: { name: 'cracked-screen.png' },
  file: types,
  answers: { 201: { description: 'The file is on the disk.', schema: fileSent, examples: { 'a picture': sent } } },
  errors: ['invalid', 'not_found', 'too_large', 'rate_limited', 'unavailable'],
}

export const getFile: Operation = {
  id: 'getFile',
  method: 'get',
  path: '/api/session/{session_id}/files/{file_id}',
  summary: 'Get a file',
  description: 'As it was sent, for who may see the session.',
  access: 'session_or_owner',
  answers: { 200: { description: 'The file.', bytes: types } },
  errors: ['invalid', 'not_found'],
}
