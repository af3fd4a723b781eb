// The marks as a CSV whose rows are rows of New-TtsSpeech.

const csv = {
  // A spreadsheet would run a cell that begins so. A blank before it prevents that, and rows are read without it. A
  // text is sent as it is, so it stays as it is.
  isFormula: /^[=+\-@\t\r]/,

  cell(name, value) {
    const safe = name !== 'Text' && this.isFormula.test(value) ? ' ' + value : value;
    return '"' + safe.replaceAll('"', '""') + '"';
  },

  of(list) {
    const names = ['Mark', 'Note', ...head.columns];
    const lines = list.map(clip => [marks.of(clip), marks.noteOf(clip), ...clip.row.cells]
      .map((value, index) => this.cell(names[index], value ?? '')).join(','));
    return [names.map(name => this.cell(name, name)).join(','), ...lines].join('\r\n') + '\r\n';
  },

  // With the mark of UTF-8, without which Windows PowerShell and Excel would read it as another encoding.
  save(name) {
    const url = URL.createObjectURL(new Blob(['\ufeff', this.of(clips)], { type: 'text/csv' }));
    make('a', { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  },

  command(name) {
    const quoted = value => "'" + value.replaceAll("'", "''") + "'";
    const isSplit = clips.some(clip => clip.row.isSplit && marks.of(clip) === 'bad');
    return `Import-Csv ${quoted(name)} | Where-Object Mark -eq bad |\n    New-TtsSpeech -Regenerate `
      + (isSplit ? '-Split ' : '') + `-OutputDirectory ${quoted(head.folder || '.')}`;
  },
};
