let context: AudioContext | null = null;

/** Two short soft tones; silence as long as nobody has used the page, because browsers refuse to play then. */
export function playSound(): void {
  if (!navigator.userActivation?.hasBeenActive) return;
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') return void context.resume().catch(() => {});
    tone(context, 660, 0);
    tone(context, 880, 0.09);
  } catch {
    // No audio device: a notification without its sound is still one.
  }
}

function tone(audio: AudioContext, hertz: number, delay: number): void {
  const start = audio.currentTime + delay;
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.frequency.value = hertz;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.12, start + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.001, start + 0.22);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.24);
}
