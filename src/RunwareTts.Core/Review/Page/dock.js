// The current clip at large, below the table.

const dock = {
  element: document.getElementById('dock'),
  wave: document.getElementById('seek'),
  play: document.getElementById('play'),
  note: document.getElementById('note'),

  show(clip) {
    if (this.clip !== clip) {
      this.clip = clip;
      fillWave(this.wave, clip, 160);
      this.note.value = marks.noteOf(clip);
      this.fillWords(clip);
    }
    this.paint();
  },

  fillWords(clip) {
    const text = document.getElementById('text');
    text.textContent = clip.isTextless
      ? 'The text is not known: folders and ledgers keep none. Pipe the results of New-TtsSpeech to see it.'
      : clip.text;
    text.classList.toggle('unknown', clip.isTextless);
    text.dir = clip.isTextless ? 'ltr' : 'auto';
    text.scrollTop = 0;
    const fact = (name, value) => value ? make('span', {}, make('b', {}, name + ' '), make('bdi', {}, value)) : null;
    document.getElementById('facts').replaceChildren(...[
      fact('Voice', clip.voice), fact('Language', clip.language), fact('Model', clip.model),
      fact('Cost', costOf(clip)), fact('File', clip.file), fact('Style', clip.style),
      fact('Description', clip.description),
      ...clip.flags.map(flag => make('span', { class: 'flag' }, iconOf('flag'), `${flag}: ${flagWords[flag] ?? ''}`)),
    ].filter(Boolean));
  },

  paint() {
    const clip = this.clip;
    if (!clip)
      return;
    for (const name of ['good', 'bad'])
      document.getElementById(name).setAttribute('aria-pressed', marks.of(clip) === name);
    paintPlay(this.play, clip, player.clip === clip && player.isPlaying);
    this.paintTime();
  },

  paintTime() {
    const isLoaded = player.clip === this.clip;
    const share = isLoaded ? player.share : 0;
    const seconds = isLoaded && audio.duration > 0 ? audio.duration : this.clip.seconds;
    const now = seconds === null ? 0 : share * seconds;
    showProgress(this.wave, share);
    this.wave.setAttribute('aria-valuemax', (seconds ?? 0).toFixed(1));
    this.wave.setAttribute('aria-valuenow', now.toFixed(1));
    this.wave.setAttribute('aria-valuetext', `${clockOf(now)} of ${clockOf(seconds)}`);
    const shown = `${clockOf(now)} / ${clockOf(seconds)}`;
    const time = document.getElementById('time');
    if (time.textContent !== shown)
      time.textContent = shown;
  },
};

document.querySelector('#good [data-icon]').append(iconOf('good'));
document.querySelector('#bad [data-icon]').append(iconOf('bad'));
document.querySelector('#all [data-icon]').append(iconOf('play'));
document.getElementById('good').addEventListener('click', () => dock.clip && judge(dock.clip, 'good'));
document.getElementById('bad').addEventListener('click', () => dock.clip && judge(dock.clip, 'bad'));
dock.play.addEventListener('click', () => dock.clip && player.toggle(dock.clip));
dock.note.addEventListener('input', () => {
  if (!dock.clip)
    return;
  marks.set(dock.clip, { note: dock.note.value });
  list.paint(dock.clip);
});
dock.wave.addEventListener('pointerdown', event => {
  if (!dock.clip?.canPlay)
    return;
  dock.wave.setPointerCapture(event.pointerId);
  dock.drag(event);
});
dock.wave.addEventListener('pointermove', event => {
  if (dock.wave.hasPointerCapture(event.pointerId))
    dock.drag(event);
});
dock.drag = event => {
  const box = dock.wave.getBoundingClientRect();
  player.seek(dock.clip, Math.min(Math.max((event.clientX - box.left) / box.width, 0), 0.999));
};
