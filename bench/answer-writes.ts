import type { Outcome } from './compare.ts'
import { frontdesk, start } from './measured-process.ts'
import { type ModelPeer, openModelPeer } from './model-peer.ts'
import { openSockets, pause } from './sockets.ts'
import { readAnswer } from './streams.ts'

/** P-12: how often the database commits for an answer, alone and beside others: at most three times, and once a second. */
const AT_ONCE = [1, 100]
const ANSWERS = 3
const PACE = { tokensPerSecond: 50, times: 1 }

export async function answerWrites(): Promise<Outcome> {
  const peer = await openModelPeer(PACE)
  const taken = []
  for (const streams of AT_ONCE) taken.push({ streams, ...(await commitsOf(streams, peer)) })
  peer.close()
  const lines = taken.map(({ streams, commits, seconds }) => {
    const goal = 3 + seconds
    const verdict = commits <= goal ? 'holds' : 'FAILS'
    return `  ${String(streams).padStart(3)} at the same time: ${commits.toFixed(2)} commits an answer of ${peer.ends.length} sentences and ${seconds.toFixed(2)} s (≤ ${goal.toFixed(2)}) ${verdict}`
  })
  return { id: 'P-12', lines, passed: taken.every(({ commits, seconds }) => commits <= 3 + seconds), valid: true }
}

/** Commits for each answer, its question included, and how long an answer took. */
async function commitsOf(streams: number, peer: ModelPeer): Promise<{ commits: number; seconds: number }> {
  const server = await start({ ...frontdesk, hook: './bench/commit-hook.mjs', settings: { ...frontdesk.settings, ...peer.settings } })
  try {
    const sockets = await openSockets(server.port, () => '/ws/chat', streams)
    for (const socket of sockets) socket.send('{"type":"hello"}')
    await pause(1000)
    const round = () => Promise.all(sockets.map((socket) => readAnswer(socket, peer)))
    await round()
    const before = await server.commits()
    const reads = []
    for (let time = 0; time < ANSWERS; time += 1) reads.push(...(await round()))
    const commits = ((await server.commits()) - before) / reads.length
    return { commits, seconds: reads.reduce((sum, { sentAt, endedAt }) => sum + endedAt - sentAt, 0) / 1000 / reads.length }
  } finally {
    await server.stop()
  }
}
