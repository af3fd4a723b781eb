// The table. Only the rows that can be seen are elements, so that 100,000 clips scroll like ten.

const listElement = document.getElementById('list');
const rowsElement = document.getElementById('rows');
const spare = 8;

const columns = [
  ['mark', 'Mark'], ['sound', ''], ['text', 'Text'], ['voice', 'Voice'], ['length', 'Length'], ['cost', 'Cost'],
  ['flags', 'Flags'], ['file', 'File'],
];

const list = {
  items: [],
  tops: [],
  shown: [],
  current: null,
  elements: new Map(),
  heights: { row: 56, group: 38 },

  get hasFocus() { return rowsElement.contains(document.activeElement); },

  refresh() {
    const hadFocus = this.hasFocus;
    this.items = view.items();
    this.shown = this.items.filter(item => item instanceof Clip);
    this.place = new Map(this.shown.map((clip, index) => [clip, index]));
    this.elements.forEach(element => element.remove());
    this.elements.clear();
    this.measure();
    listElement.setAttribute('aria-rowcount', this.items.length + 1);
    if (!this.place.has(this.current))
      this.current = this.shown[0] ?? null;
    this.render();
    if (this.current)
      this.select(this.current, hadFocus);
  },

  measure() {
    const style = getComputedStyle(listElement);
    const heightOf = name => parseInt(style.getPropertyValue(name), 10);
    this.heights = { row: heightOf('--row'), group: heightOf('--group') };
    let top = 0;
    this.tops = this.items.map(item => {
      const mine = top;
      top += this.heightOf(item);
      return mine;
    });
    this.tops.push(top);
    this.index = new Map(this.items.map((item, index) => [item, index]));
    rowsElement.style.height = top + 'px';
    this.elements.forEach((element, item) => { element.style.top = this.tops[this.index.get(item)] + 'px'; });
  },

  heightOf(item) { return item instanceof Clip ? this.heights.row : this.heights.group; },

  // The last item that begins at or above this height.
  itemAt(height) {
    let [low, high] = [0, this.items.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.tops[middle] <= height) low = middle;
      else high = middle - 1;
    }
    return Math.max(low, 0);
  },

  render() {
    const first = Math.max(this.itemAt(listElement.scrollTop) - spare, 0);
    const last = Math.min(this.itemAt(listElement.scrollTop + listElement.clientHeight) + spare, this.items.length - 1);
    const wanted = new Set(this.items.slice(first, last + 1));
    // The row with the focus stays, or the keys would have nowhere to go.
    if (this.current && this.index.has(this.current))
      wanted.add(this.current);
    for (const [item, element] of this.elements) {
      if (!wanted.has(item)) {
        element.remove();
        this.elements.delete(item);
      }
    }
    const ordered = [...wanted].sort((a, b) => this.index.get(a) - this.index.get(b));
    let next = rowsElement.firstChild;
    for (const item of ordered) {
      const element = this.elements.get(item) ?? this.add(item);
      if (element === next) next = next.nextSibling;
      else rowsElement.insertBefore(element, next);
    }
  },

  add(item) {
    const element = item instanceof Clip ? rowOf(item) : groupOf(item);
    const index = this.index.get(item);
    element.style.top = this.tops[index] + 'px';
    element.setAttribute('aria-rowindex', index + 2);
    this.elements.set(item, element);
    if (item instanceof Clip)
      paintRow(element, item);
    return element;
  },

  paint(clip) {
    const element = this.elements.get(clip);
    if (element)
      paintRow(element, clip);
  },

  select(clip, isFocused = this.hasFocus) {
    const before = this.current;
    this.current = clip;
    this.reveal(clip);
    if (before && before !== clip)
      this.paint(before);
    this.paint(clip);
    if (isFocused)
      this.elements.get(clip)?.focus({ preventScroll: true });
    dock.show(clip);
  },

  reveal(clip) {
    const index = this.index.get(clip);
    const place = this.place.get(clip);
    // A group is seen with its first clip.
    const top = this.tops[index > 0 && !(this.items[index - 1] instanceof Clip) ? index - 1 : index];
    const bottom = this.tops[index + 1];
    const room = listElement.clientHeight - listElement.querySelector('.head').offsetHeight;
    if (place === 0) listElement.scrollTop = 0;
    else if (top < listElement.scrollTop) listElement.scrollTop = top;
    else if (bottom > listElement.scrollTop + room) listElement.scrollTop = bottom - room;
    this.render();
  },

  move(steps) {
    if (!this.current)
      return;
    const place = Math.min(Math.max(this.place.get(this.current) + steps, 0), this.shown.length - 1);
    this.select(this.shown[place], true);
  },

  // The next clip after this one for which it holds, from the top again if it need be.
  after(clip, holds, isRound) {
    const start = this.place.get(clip) ?? -1;
    for (let step = 1; step <= this.shown.length; step++) {
      const place = start + step;
      if (place >= this.shown.length && !isRound)
        return null;
      const other = this.shown[place % this.shown.length];
      if (holds(other))
        return other;
    }
    return null;
  },

  get page() { return Math.max(Math.floor(listElement.clientHeight / this.heights.row) - 2, 1); },
};

function button(name, label, action) {
  const element = make('button',
    { type: 'button', class: name, 'aria-label': label, title: label, tabindex: '-1' }, iconOf(name));
  element.addEventListener('click', event => {
    event.stopPropagation();
    action();
  });
  return element;
}

function rowOf(clip) {
  const cell = (name, ...children) => make('div', { role: 'gridcell', class: name }, ...children);
  const wave = make('div', { class: 'wave' });
  fillWave(wave, clip, 40);
  wave.addEventListener('click', event => {
    list.select(clip, true);
    player.seek(clip, event.offsetX / wave.clientWidth);
    player.play(clip);
  });
  const text = clip.isTextless ? make('p', { class: 'words unknown' }, `${clip.title} (text not known)`)
    : make('p', { class: 'words', dir: 'auto' }, clip.text);
  const row = make('div', { role: 'row', class: 'row clip' },
    cell('mark', button('good', 'Good', () => judge(clip, 'good')), button('bad', 'Bad', () => judge(clip, 'bad'))),
    cell('sound', button('play', 'Play', () => { list.select(clip, true); player.toggle(clip); }), wave),
    cell('text', text, make('p', { class: 'noted', dir: 'auto' })),
    cell('voice', make('span', {}, clip.speakerName), make('small', {}, clip.language)),
    cell('length', clockOf(clip.seconds)),
    cell('cost', costOf(clip)),
    cell('flags', ...clip.flags.map(flagOf)),
    cell('file', make('span', { title: clip.file }, clip.file)));
  row.addEventListener('click', () => list.select(clip, true));
  row.addEventListener('dblclick', () => player.play(clip, true));
  return row;
}

function flagOf(flag) {
  return make('span', { class: 'flag', title: flagWords[flag] ?? flag }, iconOf('flag'), flag);
}

function groupOf(group) {
  const count = group.clips.length;
  const facts = head.voices[group.group] ?? '';
  const start = button('play', 'Play ' + group.group, () => playAllFrom(group.clips[0]));
  return make('div', { role: 'row', class: 'group' },
    make('div', { role: 'gridcell', 'aria-colspan': columns.length },
      start, make('b', { dir: 'auto' }, group.group), make('span', { class: 'facts' }, facts),
      make('span', { class: 'count' }, count === 1 ? '1 clip' : count + ' clips')));
}

function paintRow(row, clip) {
  const isCurrent = list.current === clip;
  const isPlaying = player.clip === clip && player.isPlaying;
  const mark = marks.of(clip);
  const note = marks.noteOf(clip);
  row.tabIndex = isCurrent ? 0 : -1;
  row.setAttribute('aria-selected', isCurrent);
  row.classList.toggle('playing', isPlaying);
  row.dataset.mark = mark;
  for (const name of ['good', 'bad'])
    row.querySelector(`.mark .${name}`).setAttribute('aria-pressed', mark === name);
  const noted = row.querySelector('.noted');
  noted.textContent = note;
  row.classList.toggle('has-note', note !== '');
  paintPlay(row.querySelector('.play'), clip, isPlaying);
  if (player.clip !== clip)
    showProgress(row, 0);
  row.setAttribute('aria-label', [mark, clip.title, clip.speakerName, clip.language, clockOf(clip.seconds),
    ...clip.flags, note && 'note: ' + note].filter(Boolean).join(', '));
}

function paintPlay(element, clip, isPlaying) {
  const name = isPlaying ? 'pause' : 'play';
  element.disabled = !clip.canPlay;
  if (element.dataset.shows === name)
    return;
  element.dataset.shows = name;
  element.replaceChildren(iconOf(name));
  element.setAttribute('aria-label', isPlaying ? 'Pause' : 'Play');
  element.title = isPlaying ? 'Pause (Space)' : 'Play (Space)';
}

listElement.addEventListener('scroll', () => list.render(), { passive: true });
new ResizeObserver(() => {
  list.measure();
  list.render();
}).observe(listElement);
