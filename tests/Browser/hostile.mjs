// Texts stay texts, and clips with difficult names play: node hostile.mjs PAGE TEXTS.json
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { withPage } from './browser.mjs';

const [page, texts] = process.argv.slice(2);
const expected = JSON.parse(readFileSync(texts, 'utf8'));

await withPage(page, {}, async page => {
  assert.deepEqual(await page.evaluate(() => clips.map(clip => clip.text)), expected);
  const rows = await page.locator('[role=row].clip .words').allTextContents();
  assert.deepEqual(rows, expected);
  assert.equal(await page.evaluate(() => document.scripts.length), await page.evaluate(() =>
    [...document.scripts].filter(script => script.parentElement === document.body).length));
  // Each clip is found and decoded, whatever its name is.
  const seconds = await page.evaluate(async () => {
    const all = [];
    for (const clip of clips) {
      const loaded = new Promise((done, failed) => {
        audio.onloadedmetadata = () => done(audio.duration);
        audio.onerror = () => failed(new Error(clip.file));
      });
      player.load(clip);
      all.push(await loaded);
    }
    return all;
  });
  assert.ok(seconds.every(length => length > 0.1), seconds.join());
  // The policy refuses what a row might try, even if the page had let it in.
  const tried = await page.evaluate(() => {
    try {
      document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran=1">');
      return 'inserted';
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(tried, 'TypeError');
}).catch(error => {
  // The policy's own message about the last try is the only one that may be there.
  if (!/^console: This document requires 'TrustedHTML' assignment[^\n]*$/.test(error.message))
    throw error;
});
console.log('ok');
