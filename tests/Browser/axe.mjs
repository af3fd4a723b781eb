// Finds what keeps people out, in both themes and three widths: node axe.mjs PAGE
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { withPage } from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const sizes = [[1360, 860], [900, 700], [390, 844]];
const faults = [];

// The policy of the page refuses the script of axe, as it should.
await withPage(process.argv[2], { bypassCSP: true }, async page => {
  await page.evaluate(axe);
  await page.keyboard.press('b');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('g');
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      for (const state of ['page', 'dialog']) {
        if (state === 'dialog')
          await page.locator('#keys-open').click();
        const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
        const where = `${state} ${colorScheme} ${width}`;
        for (const each of found.violations)
          faults.push(`${where}: ${each.impact} ${each.id}: ${each.help}: ${each.nodes[0].html}`);
        await page.keyboard.press('Escape');
      }
    }
  }
});
if (faults.length > 0)
  throw new Error(faults.join('\n'));
console.log('ok');
