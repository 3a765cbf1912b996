// @ts-check

const notes = [
  { frequency: 880, at: 0 },
  { frequency: 1318.5, at: 0.09 },
]

/** The sound of a new message: two soft notes, made here. Of several tabs one rings. */
export class Chime {
  #memory
  #mayRing
  /** @type {AudioContext | null} */
  #audio = null

  /** @param {import('./memory.js').Memory} memory @param {boolean} mayRing the host's page was used: browsers allow sound after that */
  constructor(memory, mayRing) {
    this.#memory = memory
    this.#mayRing = mayRing
  }

  get isMuted() {
    return this.#memory.get('muted') ?? false
  }

  set isMuted(isMuted) {
    this.#memory.set('muted', isMuted)
  }

  /** @param {number} number of the message */
  ring(number) {
    if (this.isMuted || number <= (this.#memory.get('rung') ?? 0)) return
    this.#memory.set('rung', number)
    if (this.#mayRing || navigator.userActivation?.hasBeenActive) this.#play()
  }

  #play() {
    const audio = (this.#audio ??= new AudioContext())
    for (const { frequency, at } of notes) {
      const start = audio.currentTime + at
      const tone = new OscillatorNode(audio, { frequency, type: 'sine' })
      const gain = new GainNode(audio, { gain: 0 })
      gain.gain.setValueAtTime(0, start)
      gain.gain.linearRampToValueAtTime(0.12, start + 0.015)
      gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.5)
      tone.connect(gain).connect(audio.destination)
      tone.start(start)
      tone.stop(start + 0.5)
    }
  }
}
