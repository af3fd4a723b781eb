// Pictures of review pages: node tools/review.mjs PAGE PICTURE.png [KEY ...]
// The keys are pressed before the picture is taken. tools/review.ps1 makes the pages and calls this.
import { withPage } from '../tests/Browser/browser.mjs';

const [page, picture, ...keys] = process.argv.slice(2);
const options = { viewport: { width: 1280, height: 760 }, deviceScaleFactor: 1, colorScheme: 'light' };
await withPage(page, options, async page => {
  for (const key of keys) {
    if (key.startsWith('=')) await page.keyboard.type(key.slice(1));
    else await page.keyboard.press(key);
  }
  // Until the words about the last mark are gone, in the middle of the clip.
  await page.waitForTimeout(3000);
  await page.screenshot({ path: picture });
});
console.log(picture);
