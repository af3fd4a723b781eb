'use strict';
// What the page knows: the clips, and which of them are shown in what order.

const head = JSON.parse(document.getElementById('head').textContent);
const at = Object.fromEntries(head.columns.map((name, index) => [name, index]));

const flagWords = {
  Truncated: 'The end may be missing',
  TooLong: 'Too long for its text; the model may have babbled',
  TooShort: 'Too short for its text; words may be missing',
  Joined: 'Several files in one; some players know only the first',
  Damaged: 'Audio in the middle is missing or wrong',
  TrailingData: 'Data that is not audio follows',
  Silent: 'There is no sound in it',
  Missing: 'The file was not there when this page was made',
  NotSaved: 'The result was not saved; use Save-TtsSpeech',
  Unreadable: 'The file is not audio',
};

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

class Clip {
  constructor(row, index) {
    const cell = name => row.cells[at[name]] ?? '';
    this.row = row;
    this.index = index;
    this.key = row.key;
    this.text = cell('Text');
    this.voice = cell('Voice');
    this.description = cell('VoiceDescription');
    this.style = cell('Style');
    this.language = cell('Language');
    this.model = cell('Model');
    this.file = cell('OutputPath') || cell('Id');
    this.seconds = row.seconds ?? null;
    this.cost = row.cost ?? null;
    this.flags = row.flags;
    this.canPlay = Boolean(row.address || row.embedded);
    // A designed voice is known by its words.
    this.speaker = this.description || this.voice || 'unknown voice';
    this.speakerName = this.description ? 'design' : this.voice || 'unknown';
    this.words = [this.text, this.file, this.speaker, this.style, this.language].join('\n').toLowerCase();
  }

  get isTextless() { return this.text.trim() === ''; }
  get title() { return this.isTextless ? this.file || 'clip ' + (this.index + 1) : this.text; }
}

const clips = JSON.parse(document.getElementById('data').textContent).map((row, index) => new Clip(row, index));

// Each by its column: the label, and how two clips compare. Unknown numbers come last.
const number = pick => (a, b) => (pick(a) ?? Infinity) - (pick(b) ?? Infinity) || 0;
const letters = pick => (a, b) => collator.compare(pick(a), pick(b));
const marksOrder = { bad: 0, good: 1, '': 2 };
const orders = {
  batch: { label: 'Batch order', compare: (a, b) => a.index - b.index },
  mark: { label: 'Mark', compare: (a, b) => marksOrder[marks.of(a)] - marksOrder[marks.of(b)] },
  text: { label: 'Text', compare: letters(clip => clip.text) },
  voice: { label: 'Voice', compare: letters(clip => clip.speaker) },
  language: { label: 'Language', compare: letters(clip => clip.language) },
  length: { label: 'Length', compare: number(clip => clip.seconds) },
  cost: { label: 'Cost', compare: number(clip => clip.cost) },
  flags: { label: 'Flags', compare: (a, b) => b.flags.length - a.flags.length },
  file: { label: 'File', compare: letters(clip => clip.file) },
};

const view = {
  find: '', mark: '', voice: '', flag: '', sort: 'batch', isDown: false,
  isGrouped: isAudition(),

  matches(clip) {
    return (!this.find || clip.words.includes(this.find) || marks.noteOf(clip).toLowerCase().includes(this.find))
      && (!this.mark || (marks.of(clip) || 'none') === this.mark)
      && (!this.voice || clip.speaker === this.voice)
      && (!this.flag || (this.flag === 'any' ? clip.flags.length > 0
        : this.flag === 'none' ? clip.flags.length === 0 : clip.flags.includes(this.flag)));
  },

  // The clips that are shown, and the heads of their groups, in order.
  items() {
    const shown = clips.filter(clip => this.matches(clip));
    const compare = orders[this.sort].compare;
    if (this.sort !== 'batch' || this.isDown)
      shown.sort((a, b) => (this.isDown ? compare(b, a) : compare(a, b)) || a.index - b.index);
    if (!this.isGrouped)
      return shown;
    const groups = new Map();
    for (const clip of shown) {
      const group = groups.get(clip.speaker) ?? { group: clip.speaker, clips: [] };
      group.clips.push(clip);
      groups.set(clip.speaker, group);
    }
    return [...groups.values()].flatMap(group => [group, ...group.clips]);
  },
};

// One text in several voices: they are to be compared.
function isAudition() {
  return clips.length > 1 && clips[0].text !== '' && clips.every(clip => clip.text === clips[0].text)
    && new Set(clips.map(clip => clip.speaker)).size > 1;
}

function clockOf(seconds) {
  if (seconds === null)
    return '–';
  const whole = Math.floor(seconds);
  const two = value => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60) % 60;
  return whole >= 3600 ? `${Math.floor(whole / 3600)}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}.${Math.floor((seconds - whole) * 10)}`;
}

function costOf(clip) {
  return clip.row.isDraft ? 'draft' : clip.cost === null ? '–' : '$' + clip.cost.toFixed(4);
}

// An element with its attributes and children; a text is always text.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}
