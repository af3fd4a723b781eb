// Filters, keys, and what happens when a clip plays or is marked.

const one = id => document.getElementById(id);

const keys = [
  ['Space', 'play or pause', () => list.current && player.toggle(list.current)],
  ['Enter', 'play from the start', () => list.current && player.play(list.current, true)],
  ['ArrowDown', 'next clip', () => list.move(1), '↓ or J', 'j'],
  ['ArrowUp', 'previous clip', () => list.move(-1), '↑ or K', 'k'],
  ['ArrowRight', 'two seconds forward', () => player.skip(2), '→'],
  ['ArrowLeft', 'two seconds back', () => player.skip(-2), '←'],
  ['g', 'mark as good, or remove the mark', () => list.current && judge(list.current, 'good')],
  ['b', 'mark as bad, or remove the mark', () => list.current && judge(list.current, 'bad')],
  ['u', 'next unmarked clip', nextUnmarked],
  ['n', 'write a note (Enter returns)', () => one('note').focus()],
  ['p', 'play all from here, or stop', () => playAll()],
  ['v', 'group by voice', () => one('group').click()],
  ['/', 'search', () => one('find').select()],
  ['s', 'save the marks', saveMarks],
  ['?', 'help: these keys, and what to do with the marks', openKeys],
  ['Home', 'first clip', () => list.move(-Infinity)],
  ['End', 'last clip', () => list.move(Infinity)],
  ['PageDown', 'a page down', () => list.move(list.page), 'Page down'],
  ['PageUp', 'a page up', () => list.move(-list.page), 'Page up'],
];

let toastTimer = 0;
function say(words, time = 2500) {
  one('status').textContent = words;
  one('toast').textContent = words;
  one('toast').classList.add('shown');
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => one('toast').classList.remove('shown'), time);
}

function judge(clip, mark) {
  const place = list.place.get(clip);
  const isRemoved = marks.of(clip) === mark;
  marks.set(clip, { mark: isRemoved ? '' : mark });
  list.paint(clip);
  dock.paint();
  showCounts();
  say(isRemoved ? 'Mark removed' : `Marked ${mark}`);
  if (view.matches(clip))
    return;
  // It left the filter, and the next clip takes its place.
  list.refresh();
  if (list.shown.length > 0)
    list.select(list.shown[Math.min(place, list.shown.length - 1)],
      list.hasFocus || document.activeElement === document.body);
  showNone();
}

function nextUnmarked() {
  const next = list.current && list.after(list.current, clip => marks.of(clip) === '', true);
  if (next) list.select(next, true);
  else say('No unmarked clip is left in this list');
}

function playAll() {
  if (player.isRunning) {
    player.stop();
    showRunning();
  } else if (list.current) {
    playAllFrom(list.current);
  }
}

function playAllFrom(clip) {
  const first = clip.canPlay ? clip : list.after(clip, other => other.canPlay, false);
  if (!first)
    return;
  player.isRunning = true;
  list.select(first);
  player.play(first, true);
  showRunning();
}

function showRunning() {
  const element = one('all');
  element.setAttribute('aria-pressed', player.isRunning);
  element.lastChild.textContent = player.isRunning ? 'Stop' : 'Play all';
  element.querySelector('[data-icon]').replaceChildren(iconOf(player.isRunning ? 'pause' : 'play'));
}

function saveMarks() {
  const counts = marks.counts();
  csv.save('marks.csv');
  const textless = clips.filter(clip => marks.of(clip) === 'bad' && clip.isTextless).length;
  say(`Saved marks.csv: ${counts.good} good, ${counts.bad} bad, ${counts.none} unmarked`
    + (textless ? `. The text of ${textless} bad is not known, so New-TtsSpeech will refuse them`
      : counts.bad ? '. Help shows the command that generates the bad ones again' : ''), 6000);
}

function showCounts() {
  const counts = marks.counts();
  for (const element of document.querySelectorAll('[data-count]'))
    element.textContent = counts[element.dataset.count].toLocaleString('en');
}

function showTotals() {
  const sum = pick => clips.reduce((total, clip) => total + (pick(clip) ?? 0), 0);
  const known = clips.filter(clip => clip.cost !== null && !clip.row.isDraft);
  const seconds = sum(clip => clip.seconds);
  const total = (name, value) => make('div', {}, make('dt', {}, name), make('dd', {}, value));
  one('totals').replaceChildren(
    total('Clips', clips.length.toLocaleString('en')),
    total('Length', clockOf(seconds)),
    total('Cost', known.length > 0 ? '$' + sum(clip => clip.row.isDraft ? 0 : clip.cost).toFixed(4)
      : clips.every(clip => clip.row.isDraft) ? 'drafts' : '–'),
    total('Flagged', clips.filter(clip => clip.flags.length > 0).length.toLocaleString('en')));
}

function showNone() {
  one('none').hidden = list.shown.length > 0;
  one('dock').hidden = list.shown.length === 0;
}

function showView(isTold = true) {
  list.refresh();
  showNone();
  showSort();
  if (isTold)
    one('status').textContent = `${list.shown.length} of ${clips.length} clips`;
}

function showSort() {
  one('sort').value = view.sort;
  for (const cell of one('head-row').children) {
    const isSorted = cell.dataset.sort === view.sort;
    cell.setAttribute('aria-sort', !isSorted ? 'none' : view.isDown ? 'descending' : 'ascending');
  }
}

function sortBy(name) {
  const isSame = view.sort === name;
  // A third time goes back to the order of the batch.
  if (isSame && view.isDown) [view.sort, view.isDown] = ['batch', false];
  else [view.sort, view.isDown] = [name, isSame];
  showView();
}

function fillTools() {
  const option = (value, words) => make('option', { value }, words);
  const short = words => words.length > 40 ? [...words].slice(0, 40).join('') + '…' : words;
  const speakers = [...new Set(clips.map(clip => clip.speaker))].sort(collator.compare);
  one('voice').append(option('', 'All'), ...speakers.map(speaker => option(speaker, short(speaker))));
  const flags = [...new Set(clips.flatMap(clip => clip.flags))].sort();
  one('flag').append(option('', 'All'), option('any', 'Flagged'), option('none', 'Not flagged'),
    ...flags.map(flag => option(flag, flag)));
  one('sort').append(...Object.entries(orders).map(([name, order]) => option(name, order.label)));
  one('head-row').append(...columns.map(([name, label]) => {
    const cell = make('div', { role: 'columnheader', class: name });
    if (!label)
      cell.append(make('span', { class: 'unseen' }, 'Sound'));
    else {
      cell.dataset.sort = name;
      cell.append(make('button', { type: 'button' }, label));
      cell.firstChild.addEventListener('click', () => sortBy(name));
    }
    return cell;
  }));
  one('group').checked = view.isGrouped;
}

function showKeys() {
  one('keys-list').replaceChildren(...keys.flatMap(([key, words, , label]) =>
    [make('dt', {}, make('kbd', {}, label ?? (key.length === 1 ? key.toUpperCase() : key))), make('dd', {}, words)]));
  one('batch').textContent = head.folder || 'the clips';
}

function openKeys() {
  one('command').textContent = csv.command('marks.csv');
  one('keys').showModal();
  one('keys').querySelector('form button').focus();
}

function onKey(event) {
  const target = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || one('keys').open)
    return;
  if (target === one('note') || target === one('find')) {
    if (event.key === 'Enter' || event.key === 'Escape') {
      event.preventDefault();
      list.elements.get(list.current)?.focus();
    }
    return;
  }
  const isControl = target.matches('select, input, button, [role=slider]');
  const isLetter = event.key.length === 1 && event.key !== ' ';
  if (isControl && (!isLetter || target.matches('select')) || isLetter && !one('keys-on').checked)
    return;
  // The text has keys of its own when it is longer than its room.
  if (target === one('text') && event.key.startsWith('Arrow'))
    return;
  const name = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const key = keys.find(known => known[0] === name || known[4] === name);
  if (!key)
    return;
  event.preventDefault();
  key[2]();
}

function onSeekKey(event) {
  const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5 };
  if (event.key === 'Home' || event.key === 'End') player.seek(dock.clip, event.key === 'Home' ? 0 : 0.99);
  else if (event.key === ' ') player.toggle(dock.clip);
  else if (!steps[event.key]) return;
  else if (player.clip === dock.clip) player.skip(steps[event.key]);
  else player.seek(dock.clip, steps[event.key] > 0 ? steps[event.key] / (dock.clip.seconds || 1) : 0);
  event.preventDefault();
}

let painted = null;
function paintPlaying() {
  for (const clip of new Set([painted, player.clip]))
    if (clip) list.paint(clip);
  painted = player.clip;
  dock.paint();
  if (player.isPlaying)
    requestAnimationFrame(follow);
}

function follow() {
  const row = list.elements.get(player.clip);
  if (row)
    showProgress(row, player.share);
  if (dock.clip === player.clip)
    dock.paintTime();
  if (player.isPlaying)
    requestAnimationFrame(follow);
}

function onEnded() {
  paintPlaying();
  if (!player.isRunning)
    return;
  const next = list.after(player.clip, clip => clip.canPlay, false);
  player.isRunning = next !== null;
  if (next) {
    list.select(next);
    player.play(next, true);
  }
  showRunning();
}

for (const name of ['play', 'pause', 'loadedmetadata', 'seeked'])
  player.heard.addEventListener(name, paintPlaying);
player.heard.addEventListener('ended', onEnded);
player.heard.addEventListener('error', () => {
  player.isRunning = false;
  showRunning();
  // A file that was found and not played: there may be no sound device, or the browser lacks the format.
  const isFound = audio.error?.code === MediaError.MEDIA_ERR_DECODE || audio.readyState > 0;
  say(`${player.clip.file || 'The clip'} cannot be played. `
    + (isFound ? 'The browser can give no sound or does not know the format'
      : 'The file may have been moved or deleted'), 6000);
});

one('find').addEventListener('input', () => { view.find = one('find').value.trim().toLowerCase(); showView(); });
for (const name of ['voice', 'flag'])
  one(name).addEventListener('change', () => { view[name] = one(name).value; showView(); });
one('sort').addEventListener('change', () => { view.sort = one('sort').value; view.isDown = false; showView(); });
one('group').addEventListener('change', () => { view.isGrouped = one('group').checked; showView(); });
one('rate').addEventListener('change', () => { audio.playbackRate = Number(one('rate').value); });
one('tools').addEventListener('change', event => {
  if (event.target.name === 'mark') { view.mark = event.target.value; showView(); }
});
one('tools').addEventListener('submit', event => event.preventDefault());
one('clear').addEventListener('click', () => {
  one('tools').reset();
  one('group').checked = view.isGrouped;
  Object.assign(view, { find: '', mark: '', voice: '', flag: '' });
  showView();
});
one('all').addEventListener('click', playAll);
one('save').addEventListener('click', saveMarks);
one('keys-open').addEventListener('click', openKeys);
one('seek').addEventListener('keydown', onSeekKey);
document.addEventListener('keydown', onKey);
addEventListener('beforeunload', event => {
  if (!marks.isKept && marks.all.size > 0)
    event.preventDefault();
});

marks.load();
one('made').textContent = new Date(head.made).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
fillTools();
showTotals();
showCounts();
showKeys();
showView(false);
list.elements.get(list.current)?.focus({ preventScroll: true });
if (!marks.isKept)
  say('This browser keeps no marks of this page. Save them before you close it');
