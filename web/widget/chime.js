const notes = [
  { frequency: 880, at: 0 },
  { frequency: 1318.5, at: 0.09 },
]
let audio

/** The sound of a new message: two soft notes, made here. */
export function ring() {
  audio ??= new AudioContext()
  for (const { frequency, at } of notes) {
    const start = audio.currentTime + at
    const tone = new OscillatorNode(audio, { frequency })
    const volume = new GainNode(audio, { gain: 0 })
    volume.gain.setValueAtTime(0, start)
    volume.gain.linearRampToValueAtTime(0.12, start + 0.015)
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.5)
    tone.connect(volume).connect(audio.destination)
    tone.start(start)
    tone.stop(start + 0.5)
  }
}
