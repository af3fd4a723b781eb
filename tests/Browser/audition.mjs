// One text in several voices: grouped, and played in a row by one key: node audition.mjs PAGE
import assert from 'node:assert/strict';
import { withPage } from './browser.mjs';

await withPage(process.argv[2], {}, async page => {
  const voices = await page.evaluate(() => clips.map(clip => clip.voice));
  assert.deepEqual(await page.evaluate(() => view.items().filter(item => item.group).map(item => item.group)), voices);
  assert.equal(await page.locator('#group').isChecked(), true);
  await page.selectOption('#rate', '2');
  await page.locator('[role=row][aria-selected=true]').focus();
  const heard = page.evaluate(() => new Promise(done => {
    const all = [];
    audio.addEventListener('ended', () => {
      all.push(player.clip.voice);
      // The page hears it after this.
      setTimeout(() => player.isRunning || done(all));
    }, true);
  }));
  await page.keyboard.press('p');
  // The clip that is gone is left out.
  assert.deepEqual(await heard, voices.filter((_, index) => index !== 1));
});
console.log('ok');
