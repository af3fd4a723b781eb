// Marks and notes, kept by the browser under each clip's key: a clip that was generated again has none.

const marks = {
  prefix: 'runware-tts-review:',
  all: new Map(),
  isKept: true,

  load() {
    try {
      for (const clip of clips) {
        const kept = localStorage.getItem(this.prefix + clip.key);
        if (kept)
          this.all.set(clip.key, JSON.parse(kept));
      }
      localStorage.setItem(this.prefix + 'test', '1');
      localStorage.removeItem(this.prefix + 'test');
    } catch {
      this.isKept = false;
    }
  },

  of(clip) { return this.all.get(clip.key)?.mark ?? ''; },
  noteOf(clip) { return this.all.get(clip.key)?.note ?? ''; },

  set(clip, change) {
    const { mark, note } = { mark: this.of(clip), note: this.noteOf(clip), ...change };
    const isEmpty = !mark && !note;
    if (isEmpty) this.all.delete(clip.key);
    else this.all.set(clip.key, { mark, note });
    try {
      if (isEmpty) localStorage.removeItem(this.prefix + clip.key);
      else localStorage.setItem(this.prefix + clip.key, JSON.stringify({ mark, note }));
    } catch {
      this.isKept = false;
    }
  },

  counts() {
    const counts = { all: clips.length, none: 0, good: 0, bad: 0 };
    for (const clip of clips)
      counts[this.of(clip) || 'none']++;
    return counts;
  },
};
