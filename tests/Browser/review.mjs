// A review by keyboard alone: node review.mjs PAGE MARKS.CSV
// The rows of the page have the ids one, two, three and so on; one and two are marked bad, three good.
import assert from 'node:assert/strict';
import { current, shown, withPage } from './browser.mjs';

const [page, marks] = process.argv.slice(2);

await withPage(page, {}, async page => {
  const key = name => page.keyboard.press(name);
  const ended = () => page.evaluate(() => new Promise(done => audio.addEventListener('ended', done, { once: true })));

  // Space plays the first clip to its end.
  const end = ended();
  await key('Space');
  await end;
  const [at, length] = await page.evaluate(() => [audio.currentTime, audio.duration]);
  assert.ok(length > 0.3 && Math.abs(at - length) < 0.05, `${at} of ${length} s were played`);

  // Keys mark and move; a note is kept; the next unmarked clip is found.
  await key('b');
  await key('ArrowDown');
  await key('b');
  await key('n');
  await page.keyboard.type('=too "fast", too');
  await key('Enter');
  await key('j');
  await key('g');
  await key('Home');
  await key('u');
  assert.match(await current(page).textContent(), /Four/);

  // A filter by text, by mark and by voice.
  await key('/');
  await page.keyboard.type('four');
  await key('Enter');
  assert.deepEqual(await shown(page), ['four']);
  await page.fill('#find', '');
  await page.locator('input[name=mark][value=bad]').check({ force: true });
  assert.deepEqual(await shown(page), ['one', 'two']);
  await page.locator('input[name=mark][value=""]').check({ force: true });
  await page.selectOption('#voice', 'serena');
  assert.deepEqual(await shown(page), ['two']);
  await page.selectOption('#voice', '');
  await page.selectOption('#flag', 'Missing');
  assert.deepEqual(await shown(page), ['gone']);
  await page.selectOption('#flag', '');

  // Sorted both ways by the header, and back.
  const header = page.locator('[role=columnheader] button', { hasText: 'Length' });
  await header.click();
  const up = await page.evaluate(() => list.shown.map(clip => clip.seconds ?? Infinity));
  assert.deepEqual(up, [...up].sort((a, b) => a - b));
  await header.click();
  await header.click();
  assert.equal((await shown(page))[0], 'one');

  // Play all goes on to the next clip without a key.
  await page.evaluate(() => { document.getElementById('rate').value = '2'; list.select(list.shown[0], true); });
  const both = page.evaluate(() => new Promise(done => {
    const heard = [];
    // Before the page hears it.
    audio.addEventListener('ended', () => heard.push(player.clip.row.cells[at.Id]) === 2 && done(heard), true);
  }));
  await key('p');
  assert.deepEqual(await both, ['one', 'two']);
  await key('p');
  assert.equal(await page.evaluate(() => player.isPlaying), false);

  // Marks and notes are there after a reload, and in the file.
  await page.reload();
  assert.deepEqual(await page.evaluate(() => marks.counts()), { all: 6, none: 3, good: 1, bad: 2 });
  const download = page.waitForEvent('download');
  await key('s');
  await (await download).saveAs(marks);

  // Other keys can be turned off, for who speaks to the computer.
  await key('?');
  assert.equal(await page.locator('dialog').evaluate(dialog => dialog.open), true);
  await page.locator('#keys-on').uncheck();
  await key('Escape');
  await page.locator('[role=row].clip').first().focus();
  await key('g');
  assert.equal(await page.evaluate(() => marks.counts().good), 1);
});
console.log('ok');
