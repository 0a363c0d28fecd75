import { computed, effect, signal } from '@preact/signals'
import type { Message } from '../../../src/api/contract.ts'
import { audioUrl } from '../api/messages.ts'
import { words } from '../i18n/words.ts'
import { offline } from './offline.ts'
import { stored } from './stored.ts'
import { showToast } from './toasts.ts'

/** One player for the whole page: starting a message stops the one before. */
export const speeds = ['1', '1.25', '1.5', '2'] as const
export const speed = stored('speed', speeds, '1')

/** The message in the player, sounding or paused; null when none was played yet. */
export const loaded = signal<Message | null>(null)
const sounding = signal(false)
export const positionMs = signal(0)

/** The message that sounds now; null when all is quiet. */
export const playing = computed(() => (sounding.value ? loaded.value : null))

interface Listeners {
  onStarted(message: Message): void
  onEnded(message: Message): void
}
let listeners: Listeners = { onStarted() {}, onEnded() {} }

/** Whom to tell when a message begins to sound, and when it has been played to its end. */
export function listenToPlayer(next: Listeners): void {
  listeners = next
}

const audio = new Audio()
audio.preload = 'auto'
audio.preservesPitch = true

audio.addEventListener('playing', () => {
  sounding.value = true
  reportStart()
  followPosition()
})
// A page that is not seen draws no frames; this goes on.
audio.addEventListener('timeupdate', () => {
  if (!audio.paused) positionMs.value = audio.currentTime * 1000
})
audio.addEventListener('pause', () => {
  sounding.value = false
})
audio.addEventListener('ended', () => {
  positionMs.value = 0
  audio.currentTime = 0
  if (loaded.value) listeners.onEnded(loaded.value)
})
audio.addEventListener('error', () => {
  sounding.value = false
  if (!loaded.value) return
  const { failures } = words.value
  showToast({ text: offline.value ? words.value.offline.noSound : failures.audio, tone: 'failed' })
  // Out of the player, so that the next try asks for the recording anew: it may only not have been ready yet.
  loaded.value = null
})
effect(() => {
  const rate = Number(speed.value)
  // A new source starts at the default rate, so both are set.
  audio.defaultPlaybackRate = rate
  audio.playbackRate = rate
})

let reportedStart: string | null = null

/** Once for each time that a message is put in: `playing` also fires after a pause or a seek. */
function reportStart(): void {
  const message = loaded.value
  if (!message || reportedStart === message.id) return
  reportedStart = message.id
  listeners.onStarted(message)
}

function followPosition(): void {
  if (audio.paused) return
  positionMs.value = audio.currentTime * 1000
  requestAnimationFrame(followPosition)
}

/** Plays this message from where it was left, or from the start. */
export function playMessage(message: Message): void {
  load(message)
  // A refusal shows as the error event, or means that a later call to play or pause overtook this one.
  void audio.play().catch(() => {})
}

function load(message: Message): void {
  if (loaded.value?.id === message.id) return
  loaded.value = message
  reportedStart = null
  positionMs.value = 0
  audio.src = audioUrl(message.id)
}

export function pausePlayer(): void {
  audio.pause()
}

/** Nobody is logged in to hear it. */
export function forgetPlayer(): void {
  if (loaded.value === null) return
  loaded.value = null
  audio.removeAttribute('src')
  audio.load()
}

export function togglePlayer(message: Message): void {
  if (playing.value?.id === message.id) pausePlayer()
  else playMessage(message)
}

/** Moves within this message; the ends hold. */
export function seekTo(message: Message, atMs: number): void {
  load(message)
  const withinMs = Math.min(Math.max(atMs, 0), message.durationMs)
  positionMs.value = withinMs
  audio.currentTime = withinMs / 1000
}

export function nextSpeed(): void {
  const place = speeds.indexOf(speed.value)
  speed.value = speeds[(place + 1) % speeds.length] ?? '1'
}
