import { get } from 'node:http'

// Asks the desk of this container how it is; exits with 0 when it is well. It is asked by the name it answers to.
const { PORT = '8000', PUBLIC_URL } = process.env
const headers = PUBLIC_URL ? { host: new URL(PUBLIC_URL).host } : {}
const request = get({ host: '127.0.0.1', port: PORT, path: '/health', headers, timeout: 4000 }, (response) => {
  process.exit(response.statusCode === 200 ? 0 : 1)
})
request.on('timeout', () => request.destroy(new Error('no answer')))
request.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
