// One audio element plays all clips, one after the other where it is asked to.

const audio = new Audio();
audio.preload = 'auto';

const player = {
  clip: null,
  isRunning: false,
  url: null,
  heard: new EventTarget(),

  get isPlaying() { return this.clip !== null && !audio.paused && !audio.ended; },
  get share() { return this.clip && audio.duration > 0 ? audio.currentTime / audio.duration : 0; },

  load(clip) {
    if (this.clip === clip)
      return;
    audio.pause();
    this.clip = clip;
    if (this.url)
      URL.revokeObjectURL(this.url);
    this.url = clip.row.embedded ? this.embeddedUrl(clip) : null;
    audio.src = this.url ?? clip.row.address;
  },

  embeddedUrl(clip) {
    const text = atob(document.getElementById('audio-' + clip.key).textContent);
    const bytes = Uint8Array.from(text, letter => letter.charCodeAt(0));
    return URL.createObjectURL(new Blob([bytes], { type: clip.row.embedded }));
  },

  play(clip, isFromStart = false) {
    if (!clip.canPlay) {
      say(clip.flags.map(flag => flagWords[flag] ?? flag).join('. ') || 'This clip cannot be played');
      return;
    }
    this.load(clip);
    if (isFromStart)
      audio.currentTime = 0;
    audio.playbackRate = Number(document.getElementById('rate').value);
    // A clip that is chosen before it has begun stops the one before; that is no failure.
    audio.play().catch(() => {});
  },

  toggle(clip) {
    if (this.clip === clip && this.isPlaying) this.stop();
    else this.play(clip);
  },

  stop() {
    this.isRunning = false;
    audio.pause();
  },

  seek(clip, share) {
    if (!clip.canPlay)
      return;
    this.load(clip);
    const move = () => { audio.currentTime = share * audio.duration; };
    if (audio.readyState > 0) move();
    else audio.addEventListener('loadedmetadata', move, { once: true });
  },

  skip(seconds) {
    if (this.clip)
      audio.currentTime = Math.min(Math.max(audio.currentTime + seconds, 0), audio.duration || 0);
  },
};

for (const name of ['play', 'pause', 'ended', 'error', 'loadedmetadata', 'seeked'])
  audio.addEventListener(name, () => player.heard.dispatchEvent(new Event(name)));
